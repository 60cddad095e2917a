// What keys do in the editor, whoever's they are.

import { indentLess, indentMore, insertNewlineAndIndent, toggleComment } from "@codemirror/commands";
import { getIndentUnit } from "@codemirror/language";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import type { Actions } from "../work/answer";
import type { Keys } from "./settings";

const act = (what: () => void) => () => {
  what();
  return true;
};

export function ownKeys(actions: Actions): Extension {
  return keymap.of([
    { key: "Mod-Enter", run: act(actions.submit) },
    { key: "Mod-'", run: act(actions.run) },
    { key: "Mod-s", run: act(actions.save), preventDefault: true },
    { key: "Mod-/", run: toggleComment },
    { key: "Enter", run: insertNewlineAndIndent },
    { key: "Tab", run: indentOrInsert, shift: indentLess },
  ]);
}

/** Tab indents the selected lines, or fills up to the next stop at each cursor. */
function indentOrInsert(view: EditorView): boolean {
  const { state } = view;
  if (state.selection.ranges.some((range) => !range.empty)) return indentMore(view);
  const unit = getIndentUnit(state);
  const stops = state.changeByRange((range) => {
    const column = range.head - state.doc.lineAt(range.head).from;
    const blanks = " ".repeat(unit - (column % unit));
    return { changes: { from: range.head, insert: blanks }, range: range.map(state.changes({ from: range.head, insert: blanks }), 1) };
  });
  view.dispatch(stops, { userEvent: "input", scrollIntoView: true });
  return true;
}

/** Esc, then Tab leaves: Tab is the browser's until something is typed or the editor is entered again. */
export const leaving: Extension = [
  keymap.of([
    {
      key: "Escape",
      run: (view) => {
        view.setTabFocusMode(true);
        return false;
      },
    },
  ]),
  Prec.highest(
    EditorView.domEventHandlers({
      keydown: (event, view) => {
        if (types(event)) view.setTabFocusMode(false);
        return false;
      },
      focus: (_event, view) => view.setTabFocusMode(false),
    }),
  ),
];

function types(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey && !["Escape", "Tab", "Shift", "Control", "Meta", "Alt"].includes(event.key);
}

/** The keys that were chosen, fetched when they are: nobody downloads what they do not use. Those of Vim and Emacs come first. */
export async function chosenKeys(keys: Keys, actions: Actions): Promise<Extension> {
  if (keys === "vim") return Prec.highest((await import("./vim")).vimKeys(actions));
  if (keys === "emacs") return [Prec.highest((await import("./emacs")).emacsKeys()), leaving];
  return leaving;
}
