// The words of the panel that finds and replaces. They belong to the editor from its beginning: words that come later make
// CodeMirror build all of its plugins anew, which ends Vim's insert mode and Emacs's half a key.

import { EditorState } from "@codemirror/state";

export const phrases = EditorState.phrases.of({
  next: "Next",
  previous: "Previous",
  all: "Select all",
  "match case": "Match case",
  regexp: "Regular expression",
  "by word": "Whole words",
  replace: "Replace",
  "replace all": "Replace all",
  close: "Close",
});
