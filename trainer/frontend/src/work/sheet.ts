// The sheet of a quiz: its questions as one text, so that drafts and submissions treat answers as they treat code.

import { all, find } from "../lib/dom";
import { showPane } from "./panes";
import type { Actions, Answer } from "./answer";
import { startOrder, touch } from "./order";

/** As trainer/kinds/quiz/answers.py reads it: an id, ids, ids by id, or a text. */
type Given = string | string[] | Record<string, string>;

/** How one type of question is read, filled and told in words; nothing given is null. */
interface Reader {
  read(card: HTMLElement): Given | null;
  fill(card: HTMLElement, given: Given | null): void;
}

export class Sheet implements Answer {
  private readonly cards: HTMLElement[];

  constructor(
    private readonly root: HTMLElement,
    actions: Actions,
  ) {
    this.cards = all("[data-question]", root);
    for (const card of this.cards) if (card.dataset["type"] === "order") startOrder(card, () => this.changed(actions));
    root.addEventListener("input", (event) => {
      if ((event.target as Element).closest("[data-question]")) this.changed(actions);
    });
    root.addEventListener("keydown", keepEnter);
    this.refresh();
  }

  get source(): string {
    const given = this.cards.map((card): [string, Given | null] => [nameOf(card), readerOf(card).read(card)]);
    return JSON.stringify(Object.fromEntries(given.filter(([, answer]) => answer !== null)));
  }

  set source(text: string) {
    const given = parsed(text);
    for (const card of this.cards) readerOf(card).fill(card, given[nameOf(card)] ?? null);
    this.refresh();
  }

  /** Each question's number and name, below it what was answered. */
  words(source: string): string {
    const given = parsed(source);
    const lines = this.cards.map((card, place) => {
      const answer = given[nameOf(card)] ?? null;
      return [`${place + 1}. ${find("h3 [data-heading]", card)?.textContent ?? nameOf(card)}`, ...worded(card, answer).map((line) => `   ${line}`)].join("\n");
    });
    return lines.join("\n");
  }

  flag(): void {
    this.refresh();
  }

  /** To the first question that is not right, or to what comes next. */
  judged(): void {
    const wrong = this.cards.find((card) => find(".mark .verdict:not(.ac)", card));
    const heading = wrong ? find("h3", wrong) : find("#result-body .next h3", this.root);
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    (wrong ?? heading).scrollIntoView({ block: "start" });
  }

  focus(): void {
    const open = this.cards.find((card) => readerOf(card).read(card) === null) ?? this.cards[0];
    showPane("results");
    if (open) find("input, select, button", open)?.focus();
  }

  private changed(actions: Actions): void {
    this.refresh();
    actions.changed();
  }

  /** How many are answered, and which marks are of another answer than the one that stands there. */
  private refresh(): void {
    const given = this.cards.map((card) => readerOf(card).read(card));
    const count = find("[data-answered]", this.root);
    if (count) count.textContent = String(given.filter((answer) => answer !== null).length);
    this.cards.forEach((card, place) => {
      const marked = find("[data-marked]", card)?.dataset["marked"];
      const now = given[place] === null ? "" : JSON.stringify(given[place]);
      card.toggleAttribute("data-changed", marked !== undefined && marked !== now);
    });
  }
}

const CHOICES: Reader = {
  read: (card) => {
    const taken = boxes(card).filter((box) => box.checked).map((box) => box.value).sort();
    if (card.dataset["type"] === "single") return taken[0] ?? null;
    return taken.length ? taken : null;
  },
  fill: (card, given) => {
    const taken = Array.isArray(given) ? given : [given];
    for (const box of boxes(card)) box.checked = taken.includes(box.value);
  },
};

const ORDER: Reader = {
  read: (card) => (find<HTMLSelectElement>("select", card)?.value ? all("[data-item]", card).map(idOf) : null),
  fill: (card, given) => {
    if (Array.isArray(given)) for (const id of given) place(card, id);
    touch(card, Array.isArray(given));
  },
};

const MATCH: Reader = {
  read: (card) => {
    const pairs = sides(card).filter((side) => side.value).map((side) => [side.dataset["left"] ?? "", side.value]);
    return pairs.length ? (Object.fromEntries(pairs) as Record<string, string>) : null;
  },
  fill: (card, given) => {
    const pairs = given !== null && typeof given === "object" && !Array.isArray(given) ? given : {};
    for (const side of sides(card)) side.value = pairs[side.dataset["left"] ?? ""] ?? "";
  },
};

const TYPED: Reader = {
  read: (card) => field(card)?.value.trim() || null,
  fill: (card, given) => {
    const place = field(card);
    if (place) place.value = typeof given === "string" ? given : "";
  },
};

const READERS: Record<string, Reader> = { single: CHOICES, multiple: CHOICES, order: ORDER, match: MATCH, text: TYPED, number: TYPED };

function readerOf(card: HTMLElement): Reader {
  return READERS[card.dataset["type"] ?? ""] ?? TYPED;
}

function nameOf(card: HTMLElement): string {
  return card.dataset["question"] ?? "";
}

function idOf(item: HTMLElement): string {
  return item.dataset["item"] ?? "";
}

function boxes(card: HTMLElement): HTMLInputElement[] {
  return all<HTMLInputElement>(".choices input", card);
}

function sides(card: HTMLElement): HTMLSelectElement[] {
  return all<HTMLSelectElement>("[data-left]", card);
}

function field(card: HTMLElement): HTMLInputElement | null {
  return find<HTMLInputElement>(".typed input", card);
}

/** Put an item at the end; after all of them they lie in order. */
function place(card: HTMLElement, id: string): void {
  const item = all("[data-item]", card).find((one) => idOf(one) === id);
  item?.parentElement?.append(item);
}

/** What an answer says, in the words of the page. Ids that it does not know are left out. */
function worded(card: HTMLElement, given: Given | null): string[] {
  if (given === null) return ["not answered"];
  if (Array.isArray(given)) return given.map((id) => textOf(card, id)).filter(Boolean);
  if (typeof given === "object") return Object.entries(given).map(([left, right]) => `${textOf(card, left)} → ${textOf(card, right)}`);
  return [card.dataset["type"] === "single" ? textOf(card, given) : given];
}

/** The text of a choice, an item, or one side of a pair. */
function textOf(card: HTMLElement, id: string): string {
  const named = [`.pick:has(input[value="${CSS.escape(id)}"])`, `[data-item="${CSS.escape(id)}"] .wording`, `.pair:has([data-left="${CSS.escape(id)}"]) .wording`, `option[value="${CSS.escape(id)}"]`];
  return find(named.join(", "), card)?.textContent?.trim().replace(/\s+/g, " ") ?? "";
}

function parsed(source: string): Record<string, Given> {
  try {
    return (JSON.parse(source) ?? {}) as Record<string, Given>;
  } catch {
    return {};
  }
}

/** Enter in a field must not hand the whole sheet in: that costs a try. */
function keepEnter(event: KeyboardEvent): void {
  const typed = event.target instanceof HTMLInputElement && event.target.closest(".sheet");
  if (typed && event.key === "Enter" && !event.ctrlKey && !event.metaKey) event.preventDefault();
}
