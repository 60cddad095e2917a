// Items that are put into an order: by buttons, by arrow keys on them, and told aloud. Without scripts places are chosen.

import { all, find } from "../lib/dom";

export function startOrder(card: HTMLElement, changed: () => void): void {
  const list = find(".items", card);
  const moved = (button: HTMLElement, by: number) => {
    if (!move(button, by)) return;
    touch(card, true);
    changed();
    button.focus();
  };
  list?.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-move]");
    if (button) moved(button, Number(button.dataset["move"]));
  });
  list?.addEventListener("keydown", (event) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const button = (event.target as Element).closest<HTMLElement>("[data-move]");
    if (by === undefined || !button) return;
    event.preventDefault();
    moved(button, by);
  });
  markEnds(card);
}

/** Say that the items lie as somebody wants them, or that nobody has put them so: the fields hold their places. */
export function touch(card: HTMLElement, ordered: boolean): void {
  all<HTMLSelectElement>("[data-item] select", card).forEach((field, place) => (field.value = ordered ? String(place + 1) : ""));
  markEnds(card);
}

/** Move a button's item up or down, unless it lies at the end. */
function move(button: HTMLElement, by: number): boolean {
  const item = button.closest<HTMLElement>("[data-item]");
  const other = by < 0 ? item?.previousElementSibling : item?.nextElementSibling;
  if (!item || !other) return false;
  if (by < 0) other.before(item);
  else other.after(item);
  const items = all("[data-item]", item.parentElement ?? item);
  const said = find("[data-moved]", item.closest("[data-question]") ?? item);
  if (said) said.textContent = `Moved to place ${items.indexOf(item) + 1} of ${items.length}.`;
  return true;
}

/** The first cannot go up, the last not down. The buttons keep their place and their focus. */
function markEnds(card: HTMLElement): void {
  const items = all("[data-item]", card);
  items.forEach((item, place) => {
    find("[data-move='-1']", item)?.setAttribute("aria-disabled", String(place === 0));
    find("[data-move='1']", item)?.setAttribute("aria-disabled", String(place === items.length - 1));
  });
}
