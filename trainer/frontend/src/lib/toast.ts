// What was just done, with Undo: six seconds, held while the pointer or the focus is on it.

import { find, icon, make } from "./dom";

const STAYS_MS = 6000;

export function toast(text: string, undo?: () => void): void {
  const box = make("div", { class: "toast" }, icon("check"), make("span", {}, text));
  if (undo) box.append(undoButton(undo, box));
  find(".toasts")?.replaceChildren(box);
  stay(box);
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
