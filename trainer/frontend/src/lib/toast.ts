// What was just done, with Undo: six seconds, held while the pointer or the focus is on it.
// A tick stands before what was done; what could not be done, and what the clock says, have signs of their own.

import { find, icon, make } from "./dom";

const STAYS_MS = 6000;

export function toast(text: string, undo?: () => void, sign = "check"): void {
  const box = make("div", { class: "toast" }, icon(sign), make("span", {}, text));
  if (undo) box.append(undoButton(undo, box));
  find(".toasts")?.replaceChildren(box);
  stay(box);
}

/** What could not be done, and why. */
export function refuse(text: string): void {
  toast(text, undefined, "info");
}

/** What the clock says. */
export function announce(text: string): void {
  toast(text, undefined, "clock");
}

function undoButton(undo: () => void, box: HTMLElement): HTMLElement {
  const button = make("button", { class: "btn", type: "button" }, "Undo");
  button.addEventListener("click", () => {
    box.remove();
    undo();
  });
  return button;
}

function stay(box: HTMLElement): void {
  let timer = 0;
  const start = () => (timer = window.setTimeout(() => box.remove(), STAYS_MS));
  const hold = () => window.clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) box.addEventListener(name, hold);
  for (const name of ["pointerleave", "focusout"]) box.addEventListener(name, start);
  start();
}
