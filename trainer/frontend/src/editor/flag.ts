// The line that an error names, marked at its edge until the text changes there.

import { type Extension, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

const setFlag = StateEffect.define<number | null>();
const mark = Decoration.line({ class: "cm-flagLine" });

const field = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(flags, transaction) {
    let next = transaction.docChanged ? flags.map(transaction.changes) : flags;
    for (const effect of transaction.effects) {
      if (!effect.is(setFlag)) continue;
      const line = effect.value;
      const inside = line !== null && line >= 1 && line <= transaction.state.doc.lines;
      next = inside ? Decoration.set(mark.range(transaction.state.doc.line(line).from)) : Decoration.none;
    }
    return next;
  },
  provide: (flags) => EditorView.decorations.from(flags),
});

export const flags: Extension = field;

export function flagLine(view: EditorView, line: number | null): void {
  view.dispatch({ effects: setFlag.of(line) });
}
