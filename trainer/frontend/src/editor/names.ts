// The names that a text makes and uses, as its grammar reads it.

import type { Parser, SyntaxNodeRef } from "@lezer/common";

export interface Name {
  label: string;
  type: "function" | "class" | "property" | "variable";
}

const NAMES = /(Name|Identifier|Definition|^Label)$/;
const SHORTEST = 2;

/** Each name once; the one that is being typed, at `but`, is left out. */
export function namesIn(parser: Parser, text: string, but = -1): Name[] {
  const found = new Map<string, Name>();
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.node.firstChild || !NAMES.test(node.name) || (node.from <= but && but <= node.to)) return;
      const label = text.slice(node.from, node.to);
      if (label.length < SHORTEST || !/^[\p{L}_$]/u.test(label)) return;
      const type = typeOf(node);
      if (type !== "variable" || !found.has(label)) found.set(label, { label, type });
    },
  });
  return [...found.values()];
}

function typeOf(node: SyntaxNodeRef): Name["type"] {
  const around = node.node.parent?.name ?? "";
  if (/^(Property|Field)/.test(node.name)) return "property";
  if (/^(Function|Method)/.test(around)) return "function";
  return /^(Class|Type|Struct|Interface)/.test(around) ? "class" : "variable";
}
