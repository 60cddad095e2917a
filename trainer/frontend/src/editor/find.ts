// The panel that finds and replaces, in the page's words and with its fields and buttons. Fetched when the editor is entered.

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

export const find: Extension = [search({ top: false }), highlightSelectionMatches(), keymap.of(searchKeymap), phrases];
