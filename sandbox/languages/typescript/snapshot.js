// Writes the file that a compilation begins with: the memory of a Node.js that has TypeScript's compiler.
//
// Arguments: the file, then options of V8. It can be read only by a Node.js that is started with the very same ones.
'use strict';

const fs = require('fs');
const path = require('path');
const { execFileSync } = require('child_process');

const LIBRARY = '/usr/share/nodejs/typescript/lib';
const WHOLE = '/tmp/whole.js';

const compiler = fs.readFileSync(path.join(LIBRARY, 'typescript.js'), 'utf8');
const own = fs.readFileSync(path.join(__dirname, 'compiler.js'), 'utf8');
fs.writeFileSync(WHOLE, `
const ts = (() => {
  const module = { exports: {} }, __filename = '${LIBRARY}/typescript.js', __dirname = '${LIBRARY}';
  ((exports) => {\n${compiler}\n})(module.exports);
  return module.exports;
})();
(() => {\n${own}\n})();
`);
const [file, ...options] = process.argv.slice(2);
execFileSync(process.execPath, [...options, '--snapshot-blob', file, '--build-snapshot', WHOLE], { stdio: 'inherit' });
fs.unlinkSync(WHOLE);
