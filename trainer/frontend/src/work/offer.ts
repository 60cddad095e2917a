// Two texts, between which somebody chooses: in a note beside the answer, and in a dialog that compares them.

import { differenceBox } from "../lib/difference";
import { show } from "../lib/dialog";
import { make } from "../lib/dom";
import { clock } from "../lib/times";
import type { Answer } from "./answer";

/** How the two are told apart. */
export interface Said {
  words(from: string, at: string): string;
  both: string;
  key: string;
  take: string;
  keep: string;
}

/** What happens when somebody has chosen. */
export interface Choice {
  source: string;
  at: string;
  device: string;
  take(): void;
  keep(): void;
}

export const NEWER: Said = {
  words: (from, at) => `A newer draft ${from} is here${at}. Yours stays until you choose.`,
  both: "Yours and the newer draft",
  key: "− stands in yours only, + in the newer draft only.",
  take: "Take it",
  keep: "Keep mine",
};
export const EARLIER: Said = {
  words: () => "This is an earlier try. Your draft is another one; it stays until you choose.",
  both: "This try and your draft",
  key: "− stands in this try only, + in your draft only.",
  take: "Back to my draft",
  keep: "Go on with this try",
};
export const LEFT: Said = {
  words: (_from, at) => `Another tab was closed${at} before its text was saved. It stays on this device until you choose.`,
  both: "Yours and the text of the closed tab",
  key: "− stands in yours only, + in the text of the closed tab only.",
  take: "Take it",
  keep: "Drop it",
};

/** What a note says of a choice, with its buttons. */
export function offered(answer: Answer, choice: Choice, said: Said): HTMLElement {
  const at = choice.at ? `, ${clock(new Date(choice.at))}` : "";
  const from = choice.device ? `from ${choice.device}` : "from another tab or device";
  const row = make("div", { class: "row wrap" }, compare(answer, choice, said), ...buttons(choice, said));
  return make("div", {}, said.words(from, at), row);
}

function compare(answer: Answer, choice: Choice, said: Said): HTMLElement {
  return button("Compare", () => {
    const read = (source: string) => answer.words?.(source) ?? source;
    const box = differenceBox(read(answer.source), read(choice.source), said.both);
    box.classList.toggle("words", answer.words !== undefined);
    const key = make("p", { class: "xs muted mt2" }, said.key);
    void show(said.both, make("div", {}, box, key), buttons(choice, said));
  });
}

function buttons(choice: Choice, said: Said): HTMLElement[] {
  return [button(said.take, () => choice.take()), button(said.keep, () => choice.keep())];
}

function button(text: string, react: () => void): HTMLButtonElement {
  const made = make("button", { class: "btn", type: "button" }, text);
  made.addEventListener("click", react);
  return made;
}
