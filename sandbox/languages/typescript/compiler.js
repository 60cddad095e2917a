// Checks a program's types and makes JavaScript of it, with the source's line for each line of that.
//
// What is wrong is reported at descriptor 3 with the student's own lines; nothing of another file is ever told. No code
// of the program runs here.
//
// `snapshot.js` puts this behind TypeScript's compiler, `ts`, and lets Node.js keep the memory of both in a file, with
// the language's library read already: a compilation begins with that, in a sixth of the time.
'use strict';

const fs = require('fs');
const path = require('path');
const { startupSnapshot } = require('v8');

const REPORT_FD = 3, CODE_FD = 4, INPUT_FD = 5;
const FILE = 'solution.ts', MADE = 'solution.js', AMBIENT = '/harness/ambient.d.ts';
const LIBRARY = '/usr/share/nodejs/typescript/lib';
const MOST_COMPLAINTS = 8, MOST_MESSAGE = 600, MOST_LINE = 300;
const OPTIONS = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.CommonJS,
  moduleDetection: ts.ModuleDetectionKind.Auto,
  lib: ['lib.es2022.d.ts'],
  types: [],
  strict: true,
  esModuleInterop: true,
  experimentalDecorators: true,
  noEmitOnError: true,
  skipLibCheck: true,
  skipDefaultLibCheck: true,
  sourceMap: true,
  newLine: ts.NewLineKind.LineFeed,
};
const WARM = [
  'function f(rows: number[], by: Map<string, number>): string[] { return rows.sort((a, b) => a - b).map(String); }',
  'class A { private n = 0; constructor(readonly name: string) {} *all() { yield this.n; } async go() { await 1; } }',
  'export const f = (n: number): string => n;',
];
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

const library = new Map();

// Only these files exist for the compiler: the program, what surrounds it, and the language's own library.
function fileOf(name, source, version) {
  if (name === FILE) return ts.createSourceFile(name, source, version);
  if (!library.has(name)) {
    const isPart = path.dirname(name) === LIBRARY && /^lib\.[\w.]+\.d\.ts$/.test(path.basename(name));
    if (!isPart && name !== AMBIENT) return undefined;
    library.set(name, ts.createSourceFile(name, fs.readFileSync(name, 'utf8'), version));
  }
  return library.get(name);
}

function hostOf(source) {
  const made = {};
  return {
    made,
    fileExists: (name) => name === FILE || name === AMBIENT,
    readFile: () => undefined,
    getSourceFile: (name, version) => fileOf(name, source, version),
    getDefaultLibFileName: () => path.join(LIBRARY, 'lib.es2022.d.ts'),
    getDefaultLibLocation: () => LIBRARY,
    writeFile: (name, text) => { made[name] = text; },
    getCurrentDirectory: () => '',
    getCanonicalFileName: (name) => name,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => '\n',
    directoryExists: () => false,
    getDirectories: () => [],
  };
}

function write(fd, text) {
  const data = Buffer.from(text);
  for (let at = 0; at < data.length;) at += fs.writeSync(fd, data, at, data.length - at);
}

// The sentence, and below it the line with a mark under what is meant.
function told(complaint, lines) {
  const message = ts.flattenDiagnosticMessageText(complaint.messageText, '\n  ').slice(0, MOST_MESSAGE);
  const { line, character } = complaint.file.getLineAndCharacterOfPosition(complaint.start);
  const text = (lines[line] ?? '').replace(/\r$/, '');
  const shown = [`${FILE}:${line + 1}:${character + 1}: ${message} (TS${complaint.code})`, `    ${text.slice(0, MOST_LINE)}`];
  if (character < MOST_LINE) {
    const width = Math.max(1, Math.min(complaint.length, text.length - character, MOST_LINE - character));
    shown.push(`    ${text.slice(0, character).replace(/[^\t]/g, ' ')}${'^'.repeat(width)}`);
  }
  return { message, line: line + 1, type: `TS${complaint.code}`, trace: shown.join('\n') };
}

// The source's line of each line that was made, from 1 on; 0 where it comes from none. Only lines are read of the map.
function linesOf(map) {
  let sourceLine = 0;
  return JSON.parse(map).mappings.split(';').map((line) => {
    let first = 0;
    for (const segment of line.split(',')) {
      const fields = segment ? numbers(segment) : [];
      if (fields.length < 4) continue;
      sourceLine += fields[2];
      first = first || sourceLine + 1;
    }
    return first;
  });
}

// Numbers with a sign, in groups of five bits.
function numbers(segment) {
  const found = [];
  for (let at = 0, value = 0, shift = 0; at < segment.length; at++) {
    const digit = DIGITS.indexOf(segment[at]);
    value += (digit & 31) * 2 ** shift;
    if (digit & 32) {
      shift += 5;
    } else {
      found.push(value % 2 ? -(value - 1) / 2 : value / 2);
      value = shift = 0;
    }
  }
  return found;
}

// What is wrong with a program, in the order of its lines, and what was made of it where nothing is.
function compile(source) {
  const host = hostOf(source);
  const program = ts.createProgram([FILE, AMBIENT], OPTIONS, host);
  const own = program.getSourceFile(FILE);
  const syntax = program.getSyntacticDiagnostics(own);
  const complaints = (syntax.length ? syntax : program.getSemanticDiagnostics(own))
    .filter((one) => one.category === ts.DiagnosticCategory.Error && one.file === own);
  if (!complaints.length) program.emit(own);
  return { complaints, made: host.made };
}

function main() {
  const { source } = JSON.parse(fs.readFileSync(INPUT_FD, 'utf8'));
  fs.closeSync(INPUT_FD);
  const { complaints, made } = compile(source);
  if (complaints.length) {
    const lines = source.split('\n');
    const shown = complaints.slice(0, MOST_COMPLAINTS).map((one) => told(one, lines));
    const more = complaints.length > MOST_COMPLAINTS ? [`… and ${complaints.length - MOST_COMPLAINTS} more`] : [];
    const { type, message, line } = shown[0];
    const trace = [...shown.map((one) => one.trace), ...more].join('\n');
    return write(REPORT_FD, JSON.stringify({ status: 'not compiled', error: { type, message, line, trace } }));
  }
  const code = made[MADE].replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
  write(CODE_FD, JSON.stringify({ code, lines: linesOf(made[`${MADE}.map`]) }));
}

// Programs of many sorts, so that the library is read, and what the compiler does first is done.
for (const source of WARM) compile(source);
startupSnapshot.setDeserializeMainFunction(main);
