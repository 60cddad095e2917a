// Long lines wrapped: what goes on below hangs under its line's own indent, so that blocks stay what one sees first.

import { type Extension, type Line, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const FURTHER = 4;
const DEEPEST = 32;

/** What follows the indent is broken rather than moved below it, where it stands even further in and leaves an empty row. */
const LONG = 16;
const first = Decoration.mark({ class: "cm-firstWord" });

const depths = Array.from({ length: DEEPEST + 1 }, (_, depth) => Decoration.line({ class: `cm-hang${depth}` }));

const hanging = EditorView.theme({
  ".cm-firstWord": { lineBreak: "anywhere" },
  ...Object.fromEntries(
    depths.map((_, depth) => [
      `.cm-hang${depth}`,
      { paddingLeft: `calc(var(--s-1) + ${depth + FURTHER}ch)`, textIndent: `-${depth + FURTHER}ch` },
    ]),
  ),
});

/** Columns before a line's first letter. A tab's place would move with the indent: such lines do not hang. */
function depthOf(line: Line): number | null {
  const blank = /^\s*/.exec(line.text)?.[0] ?? "";
  return blank.includes("\t") || blank.length > DEEPEST ? null : blank.length;
}

function hang(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let at = from; at <= to; ) {
      const line = view.state.doc.lineAt(at);
      const depth = depths[depthOf(line) ?? -1];
      if (depth) builder.add(line.from, line.from, depth);
      const [, blank = "", word = ""] = /^(\s+)(\S+)/.exec(line.text) ?? [];
      if (word.length > LONG) builder.add(line.from + blank.length, line.from + blank.length + word.length, first);
      at = line.to + 1;
    }
  }
  return builder.finish();
}

const plugin = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet;

    constructor(view: EditorView) {
      this.decorations = hang(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.decorations = hang(update.view);
    }
  },
  { decorations: (plugged) => plugged.decorations },
);

export const wrapped: Extension = [EditorView.lineWrapping, plugin, hanging];
