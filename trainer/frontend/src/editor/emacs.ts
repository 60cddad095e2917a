// The keys of Emacs. Enter indents as it does with other keys, and a command line, which there is none, is not asked for.

import { acceptCompletion } from "@codemirror/autocomplete";
import { gotoLine } from "@codemirror/search";
import { insertNewlineAndIndent } from "@codemirror/commands";
import { EmacsHandler, emacs } from "@replit/codemirror-emacs";
import type { Extension } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";

export function emacsKeys(): Extension {
  EmacsHandler.bindKey("Return|C-m", (view: EditorView) => acceptCompletion(view) || insertNewlineAndIndent(view));
  EmacsHandler.bindKey("M-g", gotoLine);
  EmacsHandler.bindKey("M-x", () => true);
  return emacs();
}
