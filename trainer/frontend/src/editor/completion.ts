// What the editor offers to complete: words of the language, names of this text, and names of the texts beside it.
// Nothing is chosen before somebody chooses it, so Enter and Tab do what they always do until an arrow key was pressed.

import {
  acceptCompletion,
  autocompletion,
  closeCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  moveCompletionSelection,
  startCompletion,
} from "@codemirror/autocomplete";
import { language, syntaxTree } from "@codemirror/language";
import { EditorState, type Extension, Prec } from "@codemirror/state";
import { type EditorView, keymap } from "@codemirror/view";
import { type Name, namesIn } from "./names";
import type { Tables } from "./languages";
import type { Keys } from "./settings";
import { words } from "./words/others";
import * as python from "./words/python";

const WORD = /[\p{L}\p{N}_$]*$/u;
const FROM = 2;
/** Names that stand nearer come first among equals. */
const HERE = 2;
const BESIDE = 1;

/** Other texts whose names are offered, and what they are called. */
export type Beside = () => { text: string; where: string }[];

export function completion(keys: Keys, beside: Beside, tables: Tables): Extension {
  const told = new Set(Object.entries(tables).flatMap(([table, columns]) => [table, ...columns]));
  // One function for all times: a source that is another one at each look is taken for one that has not answered yet.
  const data = [{ autocomplete: (context: CompletionContext) => offered(context, beside, told) }];
  return [
    autocompletion({ defaultKeymap: false, selectOnOpen: false, interactionDelay: 0, filterStrict: true, icons: false }),
    EditorState.languageData.of(() => data),
    Prec.highest(
      keymap.of([
        ...(keys === "emacs" ? [] : [{ key: "Ctrl-Space", mac: "Alt-i", run: startCompletion }]),
        { key: "Escape", run: closeCompletion },
        { key: "ArrowDown", run: moveCompletionSelection(true) },
        { key: "ArrowUp", run: moveCompletionSelection(false) },
        { key: "PageDown", run: moveCompletionSelection(true, "page") },
        { key: "PageUp", run: moveCompletionSelection(false, "page") },
        { key: "Enter", run: acceptCompletion },
        { key: "Tab", run: acceptCompletion },
        ...["Mod-Enter", "Mod-'"].map((key) => ({ key, run: closedFirst })),
      ]),
    ),
  ];
}

/** What is offered does not stay over the text while the key does what it does: it runs or submits. */
function closedFirst(view: EditorView): boolean {
  closeCompletion(view);
  return false;
}

/** For whoever was typing, or had asked, before the words had arrived. */
export function offer(view: EditorView, asked: boolean): void {
  const { head } = view.state.selection.main;
  const line = view.state.doc.lineAt(head);
  const before = line.text.slice(0, head - line.from);
  const typed = WORD.exec(before)?.[0] ?? "";
  if (asked || typed.length >= FROM || before.endsWith(".")) startCompletion(view);
}

/** `told` are names that the grammar offers itself. */
function offered(context: CompletionContext, beside: Beside, told: Set<string>): CompletionResult | null {
  const grammar = context.state.facet(language);
  const line = context.state.doc.lineAt(context.pos);
  const before = line.text.slice(0, context.pos - line.from);
  const typed = WORD.exec(before)?.[0] ?? "";
  const lead = before.slice(0, before.length - typed.length);
  if (!grammar || /^\p{N}/u.test(typed) || inText(context)) return null;
  if (!context.explicit && typed.length < FROM && !(lead.endsWith(".") && typed)) return null;
  const names = (text: string, but?: number) => namesIn(grammar.parser, text, but);
  const near = [
    ...names(context.state.doc.toString(), context.pos).map((name) => of(name, "in this text", HERE)),
    ...beside().flatMap(({ text, where }) => names(text).map((name) => of(name, where, BESIDE))),
  ];
  const options = fitting(grammar.name, lead, near);
  return { from: context.pos - typed.length, options: once(options).filter((one) => !told.has(one.label)), validFor: /^[\p{L}\p{N}_$]*$/u };
}

/** What fits after what stands before on the line. */
function fitting(name: string, lead: string, near: Completion[]): Completion[] {
  if (name === "sql") return lead.endsWith(".") ? [] : near;
  const members = near.filter((one) => one.type === "property" || one.type === "function");
  if (name !== "python") return lead.endsWith(".") ? members : [...near, ...listed(words[name] ?? [], "keyword", name)];
  const from = /^\s*from\s+([\w.]+)\s+import\s[\s(\w,]*$/.exec(lead)?.[1];
  if (from !== undefined) return [...listed(python.modules[from] ?? [], "function", from), ...near];
  if (/^\s*(from\s+|import\s+([\w.]+\s*,\s*)*)[\w.]*$/.test(lead)) return modulesAfter(/[\w.]*$/.exec(lead)?.[0] ?? "");
  const owner = /([\w.]+)\.$/.exec(lead)?.[1];
  if (owner !== undefined && python.modules[owner]) return listed(python.modules[owner], "function", owner);
  if (lead.endsWith(".")) return [...members, ...listed(python.methods, "function", "method")];
  return [
    ...near,
    ...listed(python.keywords, "keyword", "keyword"),
    ...listed(python.functions, "function", "built in"),
    ...listed(python.errors, "class", "error"),
    ...listed(Object.keys(python.modules), "namespace", "module"),
  ];
}

/** Modules, or those inside the package that is written already: `collections.` leads to `abc`. */
function modulesAfter(written: string): Completion[] {
  const inside = Object.keys(python.modules).filter((name) => name.startsWith(written));
  return listed(inside.map((name) => name.slice(written.length)), "namespace", "module");
}

function of(name: Name, detail: string, boost: number): Completion {
  return { label: name.label, type: name.type, detail, boost };
}

function listed(labels: string[], type: string, detail: string): Completion[] {
  return labels.map((label) => ({ label, type, detail }));
}

/** The first of each label, so that what is nearest is kept. */
function once(options: Completion[]): Completion[] {
  const seen = new Map<string, Completion>();
  for (const option of options) if (!seen.has(option.label)) seen.set(option.label, option);
  return [...seen.values()];
}

/** In a string or a comment one writes for people. */
function inText(context: CompletionContext): boolean {
  return /String|Comment/.test(syntaxTree(context.state).resolveInner(context.pos, -1).name);
}
