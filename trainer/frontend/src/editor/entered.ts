// What the editor gets when it is entered: who only reads downloads none of it. Brackets that close themselves, and the
// panel that finds and replaces, with the page's fields and buttons. Its words (phrases.ts) are there from the beginning.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
import type { Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";

export { openSearchPanel };

export const parts: Extension = [
  closeBrackets(),
  search({ top: false }),
  highlightSelectionMatches(),
  keymap.of([...closeBracketsKeymap, ...searchKeymap]),
];
