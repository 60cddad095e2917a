// Runs one case of a program, or looks whether it is one (`compile`), and reports as JSON at descriptor 3.
//
// A program that was made from TypeScript lies at descriptor 6: its code, and the source's line for each of its lines.
//
// The program shares this realm, as a student expects: its arrays are arrays, its errors are errors. So whatever is
// used after it has begun was taken before: no method is looked up on a prototype, nothing is iterated or spread, no
// literal is filled by assignment, and values are written piece by piece. What it overrides changes its own answer only.
'use strict';

const fs = require('fs');
const vm = require('vm');
const { Writable } = require('stream');
const { createRequire } = require('module');
const { types } = require('util');

const REPORT_FD = 3, INPUT_FD = 5, ARTIFACT_FD = 6;
const FILE = 'solution.js', MADE_FROM = 'solution.ts';
const MOST_NAME = 200, MOST_MESSAGE = 2000, MOST_TRACE = 6000, MOST_FRAMES = 20, MOST_LINE = 200;
const MOST_DEPTH = 200, MOST_DIGITS = 4200, LARGEST = 2 ** 53 - 1;
const HEX = '0123456789abcdef';

const { writeSync } = fs;
const { apply, construct, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { isArray } = Array;
const { keys } = Object;
const { isInteger } = Number;
const { stringify } = JSON;
const { isPromise, isMap, isTypedArray, isNativeError } = types;
const ToBigInt = BigInt, ToNumber = Number, Plain = Object.prototype, Visited = Set;
const { runInThisContext } = vm.Script.prototype;
const { reallyExit } = process;
const exit = (code) => apply(reallyExit, process, [code]);

const caller = (method) => (self, a, b) => apply(method, self, [a, b]);
const indexOf = caller(String.prototype.indexOf);
const lastIndexOf = caller(String.prototype.lastIndexOf);
const slice = (text, from, to = text.length) => apply(takeSlice, text, [from, to]);
const takeSlice = String.prototype.slice;
const codeAt = caller(String.prototype.charCodeAt);
const has = caller(Set.prototype.has);
const add = caller(Set.prototype.add);
const eachOfMap = caller(Map.prototype.forEach);
const lengthOfTyped = caller(getOwnPropertyDescriptor(getPrototypeOf(Uint8Array.prototype), 'length').get);

class NoValue {
  what = '';  // its own before it is assigned: the program may have put a setter on Object.prototype
  constructor(what) { this.what = what; }
}
class NotDefined {
  message = '';
  constructor(message) { this.message = message; }
}

// ----- the two classes of nodes that programs find -----

class ListNode {
  constructor(value = 0, next = null) { this.value = value; this.next = next; }
}
class TreeNode {
  constructor(value = 0, left = null, right = null) { this.value = value; this.left = left; this.right = right; }
}

// ----- values in: before the program begins -----

function builtOf(value, spec) {
  if (spec === 'ListNode') return listOf(value);
  if (spec === 'TreeNode') return treeOf(value);
  if (typeof spec === 'string' || value === null) return value;
  const [kind, part] = spec;
  if (kind === 'optional') return builtOf(value, part);
  if (!hasNodes(part)) return value;
  if (kind === 'list') return value.map((item) => builtOf(item, part));
  for (const key of keys(value)) put(value, key, builtOf(value[key], part));
  return value;
}

function hasNodes(spec) {
  return typeof spec === 'string' ? spec === 'ListNode' || spec === 'TreeNode' : hasNodes(spec[1]);
}

function put(holder, key, value) {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function listOf(values) {
  let head = null;
  for (let at = (values ?? []).length - 1; at >= 0; at--) head = new ListNode(values[at], head);
  return head;
}

function treeOf(values) {
  if (!values || !values.length || values[0] === null) return null;
  const root = new TreeNode(values[0]), waiting = [root];
  for (let next = 1, at = 0; next < values.length && at < waiting.length; at++) {
    for (const side of ['left', 'right']) {
      const value = next < values.length ? values[next++] : null;
      if (value !== null) waiting.push((waiting[at][side] = new TreeNode(value)));
    }
  }
  return root;
}

// JSON has lost these numbers: whole ones that no `number` holds become a BigInt.
function restore(values, marks) {
  for (const [where, kind, digits] of marks) {
    let holder = values;
    for (const step of where.slice(0, -1)) holder = holder[step];
    const number = kind === 'int' ? ToBigInt(digits) : ToNumber(digits.replace('inf', 'Infinity'));
    put(holder, where[where.length - 1], number);
  }
  return values;
}

// ----- values out -----

function encode(value, spec, depth) {
  if (typeof spec !== 'string' && spec[0] === 'optional') spec = spec[1];
  return spec === 'ListNode' || spec === 'TreeNode' ? nodes(value, spec, depth) : plain(value, spec, depth);
}

function plain(value, spec, depth) {
  switch (typeof value) {
    case 'boolean': return value ? 'true' : 'false';
    case 'number': return number(value, spec);
    case 'bigint': return digits(value);
    case 'string': return text(value);
    case 'undefined':
      if (spec === 'None') return 'null';
      throw new NoValue('undefined');
    case 'object': break;
    default: throw new NoValue(typeof value);
  }
  if (value === null) return 'null';
  const name = nameOf(value);
  if (depth > MOST_DEPTH) throw new NoValue(name + ' nested more than ' + MOST_DEPTH + ' deep');
  if (isArray(value)) return items(value, value.length, name, part(spec, 'list'), depth);
  if (isTypedArray(value)) return items(value, lengthOfTyped(value), name, part(spec, 'list'), depth);
  if (isMap(value)) return ofMap(value, name, part(spec, 'dict'), depth);
  const prototype = getPrototypeOf(value);
  if (prototype !== null && prototype !== Plain) throw new NoValue(name);
  return ofObject(value, name, part(spec, 'dict'), depth);
}

function part(spec, kind) {
  return typeof spec !== 'string' && spec[0] === kind ? spec[1] : 'Json';
}

// A whole number is an int, but where a float is wanted. One beyond 2**53 is written as what it is, to the last digit.
function number(value, spec) {
  if (value !== value) return 'NaN';
  if (value === 1 / 0 || value === -1 / 0) return value > 0 ? 'Infinity' : '-Infinity';
  if (!isInteger(value)) return '' + value;
  if (spec === 'float') {
    if (value === 0) return 1 / value < 0 ? '-0.0' : '0.0';
    return value < 1e21 && value > -1e21 ? value + '.0' : '' + value;
  }
  return value <= LARGEST && value >= -LARGEST ? '' + value : '' + ToBigInt(value);
}

function digits(value) {
  const found = '' + value;
  if (found.length > MOST_DIGITS) throw new NoValue('bigint of more than 4,000 digits');
  return found;
}

function text(value) {
  for (let at = 0; at < value.length; at++) if (value[at] > '~') return escaped(value, false);
  return stringify(value);
}

function escaped(value, mend) {
  let found = '"';
  for (let at = 0; at < value.length; at++) {
    const code = codeAt(value, at);
    if (code < 0x7f) {
      found += slice(stringify(value[at]), 1, -1);
      continue;
    }
    const high = code >= 0xd800 && code < 0xdc00, low = code >= 0xdc00 && code < 0xe000;
    const next = at + 1 < value.length ? codeAt(value, at + 1) : 0;
    if (low || (high && !(next >= 0xdc00 && next < 0xe000))) {
      if (mend) {
        found += '\\ufffd';
        continue;
      }
      throw new NoValue('string with half of a surrogate pair, which is no text');
    }
    found += unit(code);
    if (high) found += unit(codeAt(value, ++at));
  }
  return found + '"';
}

function unit(code) {
  return '\\u' + HEX[code >> 12] + HEX[(code >> 8) & 15] + HEX[(code >> 4) & 15] + HEX[code & 15];
}

function items(value, length, name, spec, depth) {
  let found = '[';
  for (let at = 0; at < length; at++) found += (at ? ',' : '') + inside(value[at], name, spec, depth);
  return found + ']';
}

function ofObject(value, name, spec, depth) {
  const names = keys(value);
  let found = '{';
  for (let at = 0; at < names.length; at++) {
    found += (at ? ',' : '') + text(names[at]) + ':' + inside(value[names[at]], name, spec, depth);
  }
  return found + '}';
}

function ofMap(value, name, spec, depth) {
  let found = '';
  eachOfMap(value, (item, key) => {
    if (typeof key !== 'string') throw new NoValue(name + ' with keys of type ' + typeof key);
    found += (found ? ',' : '') + text(key) + ':' + inside(item, name, spec, depth);
  });
  return '{' + found + '}';
}

function inside(value, name, spec, depth) {
  try {
    return encode(value, spec, depth + 1);
  } catch (error) {
    if (!(error instanceof NoValue)) throw error;
    throw new NoValue(indexOf(error.what, ' ') < 0 ? name + ' with ' + error.what + ' inside' : error.what);
  }
}

function nodes(value, kind, depth) {
  if (value === null) return '[]';
  if (typeof value !== 'object') throw new NoValue(typeof value);
  const links = kind === 'ListNode' ? 'next' in value : 'left' in value && 'right' in value;
  if (!links || !('value' in value)) throw new NoValue(nameOf(value));
  return kind === 'ListNode' ? chain(value, depth) : levels(value, depth);
}

function chain(node, depth) {
  const seen = new Visited();
  let found = '';
  for (; node !== null && node !== undefined; node = node.next) {
    if (has(seen, node)) throw new NoValue('linked list that runs in a circle');
    add(seen, node);
    found += (found ? ',' : '') + inside(node.value, 'ListNode', 'Json', depth);
  }
  return '[' + found + ']';
}

function levels(root, depth) {
  const seen = new Visited();
  const first = { __proto__: null, node: root, next: null };
  let found = '', absent = '';
  for (let cell = first, last = first; cell !== null; cell = cell.next) {
    const { node } = cell;
    if (node === null || node === undefined) {
      absent += ',null';
      continue;
    }
    if (has(seen, node)) throw new NoValue('tree in which a node is reached twice');
    add(seen, node);
    found += absent + (found ? ',' : '') + inside(node.value, 'TreeNode', 'Json', depth);
    absent = '';
    last = last.next = { __proto__: null, node: node.left, next: null };
    last = last.next = { __proto__: null, node: node.right, next: null };
  }
  return '[' + found + ']';
}

// ----- what the program is told -----

// What a program was made from, and the line there of each of its lines; null where it is what was written.
const made = { __proto__: null, file: FILE, lines: null };

function nameOf(value) {
  try {
    const prototype = getPrototypeOf(value);
    const found = prototype === null ? undefined : getOwnPropertyDescriptor(prototype, 'constructor');
    const name = found && getOwnPropertyDescriptor(found.value, 'name');
    return name && typeof name.value === 'string' && name.value ? shorten(name.value, MOST_NAME) : 'object';
  } catch {
    return 'object';
  }
}

function shorten(found, most) {
  if (found.length <= most) return found;
  return slice(found, 0, most >> 1) + ' … ' + slice(found, found.length - (most >> 1));
}

// As text whatever it holds: halves of surrogate pairs are replaced.
function safeText(value) {
  return escaped(value, true);
}

function told(read, otherwise) {
  try {
    const found = read();
    return typeof found === 'string' ? found : otherwise;
  } catch {
    return otherwise;
  }
}

function describe(error, lines, call) {
  const isError = typeof error === 'object' && error !== null && isNativeError(error);
  const thrown = isError || (typeof error === 'object' && error !== null);
  const type = shorten(thrown ? told(() => (isError ? error.name : nameOf(error)), 'Error') : typeof error, MOST_NAME);
  const said = thrown ? told(() => error.message, '') : told(() => '' + error, typeof error);
  const message = shorten(said, MOST_MESSAGE);
  const { trace, line } = isError ? traceOf(told(() => error.stack, ''), lines) : { trace: '', line: null };
  const last = message ? type + ': ' + message : type;
  return '{"type":' + safeText(type) + ',"message":' + safeText(message) + ',"line":' + line
    + ',"trace":' + safeText(shorten(trace + last, MOST_TRACE)) + ',"call":' + call + '}';
}

// The frames from the first of the program's own on, in the order of the calls. Others are folded.
function traceOf(stack, lines) {
  const { file } = made;
  let at = indexOf(stack, '\n    at '), line = null, trace = '', folded = '', shown = 0;
  while (at >= 0) {
    const end = indexOf(stack, '\n', at + 1);
    const frame = slice(stack, at + 8, end < 0 ? stack.length : end);
    at = end;
    const place = lastIndexOf(frame, file + ':');
    if (place < 0) {
      folded = line === null ? '' : '  … in a library\n';
      continue;
    }
    const number = own(leading(frame, place + file.length + 1));
    if (line === null) line = number;
    if (++shown > MOST_FRAMES) {
      if (shown === MOST_FRAMES + 1) trace = '  … more calls\n' + trace;
      continue;
    }
    trace = step(frame, place, number, lines) + folded + trace;
    folded = '';
  }
  return { __proto__: null, trace, line };
}

function step(frame, place, number, lines) {
  const called = frame[place - 1] === '(' ? slice(frame, 0, place - 2) : '';
  const code = number <= lines.length ? trimmed(lines[number - 1]) : '';
  return '  line ' + number + (called ? ', in ' + called : '') + '\n' + (code ? '    ' + code + '\n' : '');
}

// The line of what the student wrote.
function own(number) {
  const { lines } = made;
  return lines !== null && number > 0 && number <= lines.length ? lines[number - 1] : number;
}

function leading(found, at) {
  let number = 0;
  for (; found[at] >= '0' && found[at] <= '9'; at++) number = number * 10 + (codeAt(found, at) - 48);
  return number;
}

function trimmed(found) {
  let at = 0;
  while (found[at] === ' ' || found[at] === '\t') at++;
  return slice(found, at, at + MOST_LINE);
}

function syntax(error, lines) {
  const stack = told(() => error.stack, '');
  const place = indexOf(stack, FILE + ':');
  const line = place < 0 ? null : leading(stack, place + FILE.length + 1);
  const end = indexOf(stack, '\n    at ');
  const trace = end < 0 ? stack : slice(stack, 0, end);
  return '{"type":' + safeText(error.name) + ',"message":' + safeText(error.message) + ',"line":' + line
    + ',"trace":' + safeText(shorten(trace, MOST_TRACE)) + '}';
}

// ----- the report -----

function report(json) {
  let left = json;
  while (left.length) left = slice(left, writeSync(REPORT_FD, left));  // all of it is ASCII: as many bytes
  exit(0);
}

function reportFailure(error, lines, call) {
  if (error instanceof NoValue) return report('{"status":"no value","error":{"type":' + safeText(error.what) + '}}');
  if (error instanceof NotDefined) {
    const said = safeText(error.message);
    return report('{"status":"not compiled","error":{"type":"NotDefined","message":' + said + ',"trace":' + said + '}}');
  }
  const message = isNativeError(error) ? told(() => error.message, '') : '';
  if (message === 'Array buffer allocation failed') return report('{"status":"memory limit"}');
  return report('{"status":"raised","error":' + describe(error, lines, call) + '}');
}

// ----- running -----

function spelled(name) {
  return name.replace(/(?<=[a-z0-9])_+([a-z0-9])/gi, (_, after) => after.toUpperCase());
}

// How to look for what the program calls by this name, in either spelling; a reserved word can only be exported.
function lookupsOf(name) {
  return [spelled(name), name].map((known) => {
    let script = null;
    try {
      script = new vm.Script(`typeof ${known} === 'undefined' ? undefined : ${known}`);
    } catch {
      // a reserved word
    }
    return { __proto__: null, known, script };
  });
}

// What the program calls so: at its top level, or in what it exports.
function defined(lookups, what, exported) {
  for (let at = 0; at < lookups.length; at++) {
    const { known, script } = lookups[at];
    let found = script === null ? undefined : apply(runInThisContext, script, []);
    if (found === undefined && exported !== null && exported !== undefined) found = exported[known];
    if (typeof found === 'function') return found;
    if (found !== undefined) throw new NotDefined('"' + known + '" is ' + typeof found + ', not a ' + what + '.');
  }
  if (typeof exported === 'function') return exported;
  throw new NotDefined('No ' + what + ' "' + lookups[0].known + '" is defined.');
}

function isConstructor(found) {
  try {
    construct(Visited, [], found);
    return true;
  } catch {
    return false;
  }
}

// Names are made ready before the program begins: afterwards `replace` may be its own.
function planOf(signature) {
  if (!signature.constructor || !('methods' in signature)) return { __proto__: null, isClass: false };
  const methods = { __proto__: null };
  const names = [];
  for (const { name, returns } of signature.methods) {
    methods[name] = { __proto__: null, name, spelled: spelled(name), returns };
    names.push(name);
  }
  return { __proto__: null, isClass: true, name: signature.constructor.name, methods, names };
}

function methodOf(target, method, kind) {
  const found = target[method.spelled];
  if (typeof found === 'function') return found;
  const other = target[method.name];
  if (typeof other === 'function') return other;
  throw new NotDefined('Class "' + kind + '" has no method "' + method.spelled + '".');
}

async function callFunction(signature, values, called, lines) {
  const { returns, in_place, parameters } = signature;
  let place = -1;
  for (let at = 0; at < parameters.length; at++) if (parameters[at][0] === in_place) place = at;
  try {
    let answer = apply(called, undefined, values);
    if (isPromise(answer)) answer = await answer;
    done(place < 0 ? answer : values[place], place < 0 ? returns : parameters[place][1]);
  } catch (error) {
    reportFailure(error, lines, null);
  }
}

function done(answer, spec) {
  report('{"status":"returned","value":' + written(answer, spec) + '}');
}

// Whatever a strange object throws while it is read, the answer is then no value.
function written(answer, spec) {
  try {
    return encode(answer, spec, 0);
  } catch (error) {
    if (error instanceof NoValue) throw error;
    throw new NoValue(nameOf(answer));
  }
}

async function callClass(plan, calls, kind, lines) {
  let target, answers = 'null', at = 0;
  try {
    target = isConstructor(kind) ? construct(kind, calls[0].given) : apply(kind, undefined, calls[0].given);
    for (let n = 0; n < plan.names.length; n++) methodOf(target, plan.methods[plan.names[n]], plan.name);
    for (at = 1; at < calls.length; at++) {
      const { method, given } = calls[at];
      let answer = apply(methodOf(target, method, plan.name), target, given);
      if (isPromise(answer)) answer = await answer;
      try {
        answers += ',' + written(answer, method.returns);
      } catch (error) {
        throw new NoValue(error.what + ' from ' + method.spelled + ', call ' + (at + 1));
      }
    }
  } catch (error) {
    return reportFailure(error, lines, at);
  }
  report('{"status":"returned","value":[' + answers + ']}');
}

function builtCalls(signature, plan, calls) {
  const parameters = { __proto__: null, [plan.name]: signature.constructor.parameters };
  for (const method of signature.methods) parameters[method.name] = method.parameters;
  return calls.map(([name, ...given]) => ({
    __proto__: null,
    method: plan.methods[name],
    given: given.map((value, at) => builtOf(value, parameters[name][at][1])),
  }));
}

// Node.js writes to a pipe when there is time, and what is not written when a program exits is lost. This writes now.
class Direct extends Writable {
  constructor(fd) {
    super({ decodeStrings: true });
    this.fd = fd;
  }
  _write(chunk, encoding, ready) {
    for (let at = 0; at < chunk.length;) at += writeSync(this.fd, chunk, at, chunk.length - at);
    ready();
  }
}

function offer(name, value) {
  Object.defineProperty(globalThis, name, { value, writable: true, enumerable: false, configurable: true });
}

// What a compiler made, if there was one.
function takeMade() {
  const artifact = fs.readFileSync(ARTIFACT_FD, 'utf8');
  fs.closeSync(ARTIFACT_FD);
  if (!artifact) return null;
  const { code, lines } = JSON.parse(artifact);
  made.file = MADE_FROM;
  made.lines = lines;
  return code;
}

function main() {
  const mode = process.argv[2];
  const { source, signature, arguments: sent } = JSON.parse(fs.readFileSync(INPUT_FD, 'utf8'));
  fs.closeSync(INPUT_FD);
  const lines = source.split('\n');
  let code = source;
  if (mode === 'run') code = takeMade() ?? source;
  let script;
  try {
    script = new vm.Script(code, { filename: made.file });
  } catch (error) {
    return report('{"status":"not compiled","error":' + syntax(error, lines) + '}');
  }
  if (mode !== 'run') return exit(0);

  const plan = planOf(signature);
  const values = restore(sent.values, sent.marks);
  const ready = plan.isClass
    ? builtCalls(signature, plan, values)
    : values.map((value, at) => builtOf(value, signature.parameters[at][1]));
  for (const [name, fd] of [['stdout', 1], ['stderr', 2]]) {
    Object.defineProperty(process, name, { value: new Direct(fd), configurable: true, enumerable: true });
  }
  const module = { exports: {} };
  for (const [name, value] of Object.entries({
    ListNode, TreeNode, module, exports: module.exports, require: createRequire('/tmp/' + made.file),
  })) offer(name, value);
  process.argv = ['node', made.file];
  Error.stackTraceLimit = 50;
  process.setUncaughtExceptionCaptureCallback((error) => reportFailure(error, lines, null));
  process.on('beforeExit', () => reportFailure(new NeverSettled(), lines, null));
  const lookups = lookupsOf(plan.isClass ? plan.name : signature.name);
  try {
    script.runInThisContext();
    const found = defined(lookups, plan.isClass ? 'class' : 'function', module.exports);
    if (plan.isClass) callClass(plan, ready, found, lines);
    else callFunction(signature, ready, found, lines);
  } catch (error) {
    reportFailure(error, lines, null);
  }
}

class NeverSettled extends Error {
  get name() { return 'NeverSettled'; }
  constructor() { super('The promise that was returned was never settled.'); }
}

main();
