// Several cursors: by modifier and press, by dragging a rectangle, and typed into alike.

import { EditorSelection, EditorState, type Extension, type TransactionSpec } from "@codemirror/state";
import { crosshairCursor, drawSelection, EditorView, rectangularSelection } from "@codemirror/view";

/** Typing over a selection: left to itself the browser writes style attributes, which the content policy refuses. */
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const text = event.data;
    const { ranges, main } = view.state.selection;
    if (event.inputType !== "insertText" || text === null || ranges.every((range) => range.empty) || view.composing) return false;
    event.preventDefault();
    const insert = () => view.state.update(overAll(view.state, text), { userEvent: "input.type", scrollIntoView: true });
    const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, main.from, main.to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});

function overAll(state: EditorState, text: string): TransactionSpec {
  return state.changeByRange(({ from, to }) => ({
    changes: { from, to, insert: text },
    range: EditorSelection.cursor(from + text.length),
  }));
}

export const cursors: Extension = [
  EditorState.allowMultipleSelections.of(true),
  drawSelection(),
  rectangularSelection(),
  crosshairCursor(),
  typeOverSelection,
];
