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
  for (const id of ["found", "counts"]) {
    const fresh = find(`#${id}`, parts);
    if (fresh) keepFocus(() => replace(id, fresh));
  }
  if (push) history.replaceState(null, "", url);
}

/** What was unfolded stays so. */
function replace(id: string, fresh: Element): void {
  for (const fold of all<HTMLDetailsElement>("details[id]", fresh)) {
    const before = document.getElementById(fold.id);
    if (before instanceof HTMLDetailsElement) fold.open = before.open;
  }
  document.getElementById(id)?.replaceWith(fresh);
}

/** Counts beside the filters are new elements: the focus stays on the same choice. */
function keepFocus(change: () => void): void {
  const focused = document.activeElement;
  const id = focused instanceof HTMLInputElement ? focused.id : "";
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
  delegate("click", "a[data-filter-link]", (link, event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    location.assign((link as HTMLAnchorElement).href);
  });
}
