// The cause that a debugging problem asks for: named beside Submit, and asked for where it is missing.

import { show } from "../lib/dialog";
import { all, find, make } from "../lib/dom";
import { showPane } from "./panes";

export class Cause {
  private readonly box: HTMLDetailsElement | null;
  private readonly inputs: HTMLInputElement[];

  constructor(work: HTMLElement, changed: () => void) {
    this.box = find<HTMLDetailsElement>("details[data-cause]", work);
    this.inputs = all<HTMLInputElement>("[data-cause] input", work);
    for (const input of this.inputs) {
      input.addEventListener("input", () => {
        this.tell();
        changed();
      });
    }
  }

  /** Empty where none is named, and where none is asked for. */
  get named(): string {
    const input = this.inputs.find((one) => (one.type === "radio" ? one.checked : one.value));
    return input?.value.trim() ?? "";
  }

  set named(value: string) {
    for (const input of this.inputs) {
      if (input.type === "radio") input.checked = input.value === value;
      else input.value = value;
    }
    this.tell();
  }

  /** May a submission go out? Without a cause that is asked first. */
  async asked(): Promise<boolean> {
    if (!this.box || this.named) return true;
    let goes = false;
    let names = false;
    const words = "Without a cause a submission cannot be accepted, and it counts as a try. What you have typed stays either way.";
    await show("No cause is named yet", make("p", {}, words), [
      button("Submit without", "btn", () => (goes = true)),
      button("Name the cause", "btn main", () => (names = true)),
    ]);
    if (names) this.open();
    return goes;
  }

  private open(): void {
    if (this.box) this.box.open = true;
    showPane("code");
    this.inputs[0]?.focus();
  }

  private tell(): void {
    const said = this.box && find("[data-cause-said]", this.box);
    if (!said) return;
    const radio = this.inputs.find((one) => one.type === "radio" && one.checked);
    const words = radio?.closest("label")?.textContent?.trim() || this.named;
    said.textContent = words || "not named yet";
    said.classList.toggle("open", !words);
  }
}

function button(words: string, css: string, chosen: () => void): HTMLButtonElement {
  const made = make("button", { class: css, type: "button" }, words);
  made.addEventListener("click", chosen);
  return made;
}
