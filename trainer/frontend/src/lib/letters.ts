// Keys of a single letter: they work outside inputs only, and this device can turn them off.

import { all, find, takesText } from "./dom";
import { forget, recall, remember } from "./store";

const OFF = "letters-off";

export function lettersOn(): boolean {
  return recall(OFF) === null;
}

export function setLetters(on: boolean): void {
  if (on) forget(OFF);
  else remember(OFF, "1");
  showLetters();
}

/** Keys that do not work now are not shown on buttons. */
export function showLetters(): void {
  for (const cap of all("kbd[data-letter]")) cap.hidden = !lettersOn();
}

/** Call `react` when the key is pressed alone and nobody types. */
export function onLetter(key: string, react: () => void): void {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== key || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (!lettersOn() || takesText(event.target) || find("dialog[open]")) return;
    event.preventDefault();
    react();
  });
}
