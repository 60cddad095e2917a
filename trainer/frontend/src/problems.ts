// The problem list: filters and search take effect at once, the address says what is shown, Back goes back.

import { all, delegate, find } from "./lib/dom";
import { fragment, parse } from "./lib/http";

const PAUSE_MS = 200;
const form = find<HTMLFormElement>("form[data-filters]");
let asked = 0;
let timer = 0;

function address(): string {
  const query = new URLSearchParams();
  if (!form) return location.pathname;
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value) query.append(name, value);
  if (query.get("sort") === "best") query.delete("sort");
  const text = query.toString();
  return location.pathname + (text ? `?${text}` : "");
}

/** Only the last question counts: answers may overtake each other. */
async function load(url: string, push: boolean): Promise<void> {
  const mine = ++asked;
  const html = await fragment(url);
  if (mine !== asked) return;
  const parts = parse(html);
  for (const id of ["found", "counts", "sort"]) {
    const fresh = find(`#${id}`, parts);
    if (fresh) keepFocus(() => replace(id, fresh));
  }
  if (push) history.replaceState(null, "", url);
}

/** Take a filter away. The focus goes to the next one, behind the last one to the number of problems. */
async function remove(chip: HTMLAnchorElement): Promise<void> {
  const chips = (): HTMLElement[] => all("[data-chip]");
  const at = chips().indexOf(chip);
  await load(chip.href, true);
  const left = chips();
  (left[at] ?? left.at(-1) ?? find("#total"))?.focus();
}

/** What was unfolded stays so. */
function replace(id: string, fresh: Element): void {
  for (const fold of all<HTMLDetailsElement>("details[id]", fresh)) {
    const before = document.getElementById(fold.id);
    if (before instanceof HTMLDetailsElement) fold.open = before.open;
  }
  document.getElementById(id)?.replaceWith(fresh);
}

/** Counts beside the filters are new elements, and so is the order: the focus stays on the same choice. */
function keepFocus(change: () => void): void {
  const id = document.activeElement?.id ?? "";
  change();
  if (id && document.activeElement?.id !== id) document.getElementById(id)?.focus();
}

if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void load(address(), true);
  });
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.form === form && field.type !== "search") void load(address(), true);
  });
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (field.form !== form || field.type !== "search") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void load(address(), true), PAUSE_MS);
  });
  delegate("click", "a[data-chip]", (chip, event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    void remove(chip as HTMLAnchorElement);
  });
}
