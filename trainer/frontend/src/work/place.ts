// Where a page says how a draft stands: in a word beside the buttons, and in notes above the text.

import { all, icon, make } from "../lib/dom";

export class Place {
  constructor(private readonly box: HTMLElement) {}

  note(name: string, sort: string, sign: string, words: HTMLElement): void {
    this.clearNote(name);
    this.mine("[data-notes]")?.append(make("div", { class: `note ${sort}`, "data-note": name }, icon(sign), words));
  }

  clearNote(name: string): void {
    this.mine(`[data-note=${name}]`)?.remove();
  }

  say(state: string, words: string): void {
    const place = this.mine("[data-saved]");
    if (!place) return;
    place.dataset["state"] = words ? state : "";
    place.replaceChildren(...(state === "saved" && words ? [icon("check"), words] : [words]));
  }

  /** A part of this box: not of a smaller one inside it that keeps drafts of its own. */
  private mine(selector: string): HTMLElement | null {
    return all(selector, this.box).find((part) => part.closest("[data-draft]") === this.box) ?? null;
  }
}
