// The timer that a student has started: it counts down, says when it is over, and ends nothing.

import { find } from "../lib/dom";
import { announce } from "../lib/toast";

const TICK_MS = 500;

export function startTimer(): void {
  const menu = find<HTMLDetailsElement>("details.timer");
  menu?.addEventListener("toggle", () => menu.open && find(".sheet", menu)?.scrollIntoView({ block: "nearest" }));
  const root = find("[data-timer]");
  const left = root && find("[data-left]", root);
  if (!root || !left) return;
  // Between the server's moments the steady counter of this page counts: its clock on the wall may be wrong.
  const begin = performance.now();
  const until = Date.parse(root.dataset["timer"] ?? "") - Date.parse(root.dataset["now"] ?? "");
  let said = until <= 0;
  const tick = (): void => {
    const seconds = Math.ceil((until - (performance.now() - begin)) / 1000);
    left.textContent = `${seconds < 0 ? "+" : ""}${words(Math.abs(seconds))}`;
    root.classList.toggle("over", seconds <= 0);
    if (seconds > 0 || said) return;
    said = true;
    announce("The timer is over. You may go on.");
  };
  tick();
  window.setInterval(tick, TICK_MS);
}

function words(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
