// What the editor gets when it is entered: who only reads downloads none of it. Brackets that close themselves, and the
// panel that finds and replaces, in the page's words and with its fields and buttons.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

const phrases = EditorState.phrases.of({
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

export { openSearchPanel };

export const parts: Extension = [
  closeBrackets(),
  search({ top: false }),
  highlightSelectionMatches(),
  keymap.of([...closeBracketsKeymap, ...searchKeymap]),
  phrases,
];
