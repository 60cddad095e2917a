// The panel that finds and replaces, in the page's words and with its fields and buttons.

import { search } from "@codemirror/search";
import { EditorState, type Extension } from "@codemirror/state";

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

export const find: Extension = [search({ top: false }), phrases];
