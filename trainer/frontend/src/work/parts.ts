// Small parts of the statement's pane: hints, star, note, earlier attempts. Each is a form or a link that works by itself.

import { all, delegate, find, make } from "../lib/dom";
import { differs } from "../lib/early";
import { fragment, parse } from "../lib/http";
import { refreshTimes } from "../lib/times";
import { refuse, toast } from "../lib/toast";

export function startParts(): void {
  delegate("submit", "form[data-swap]", (form, event) => swap(form as HTMLFormElement, event));
  delegate("submit", "form[data-star]", (form, event) => star(form as HTMLFormElement, event));
  delegate("click", "a[data-try]", (link, event) => showTry(link as HTMLAnchorElement, event));
  delegate("click", "[data-dismiss]", (button) => dismiss(button.closest<HTMLElement>(".note")));
  for (const area of all<HTMLTextAreaElement>("textarea[data-note-text]")) keepNote(area);
}

/** Post a form and put what comes back in the place that it names. */
async function swap(form: HTMLFormElement, event: Event): Promise<void> {
  event.preventDefault();
  const place = document.getElementById(form.dataset["swap"] ?? "");
  const answer = parse(await fragment(form.action, new FormData(form)));
  place?.replaceChildren(answer);
  if (place) addCopyButtons(place);
  const fresh = place && find<HTMLElement>("[data-fresh]", place);
  fresh?.focus();
  fresh?.closest("details")?.scrollIntoView({ block: "nearest" });
}

async function star(form: HTMLFormElement, event: Event | null): Promise<void> {
  event?.preventDefault();
  const button = find("button", form);
  const field = find<HTMLInputElement>("input[name=starred]", form);
  if (!button || !field) return;
  const starring = field.value === "1";
  await fragment(form.action, new FormData(form));
  field.value = starring ? "0" : "1";
  button.setAttribute("aria-pressed", String(starring));
  if (event) toast(starring ? "Starred." : "Star removed.", () => void star(form, null));
}

/** A guess of ours that the student knows better. */
function dismiss(note: HTMLElement | null): void {
  const place = note?.parentElement;
  const after = note?.nextSibling ?? null;
  if (!note || !place) return;
  note.remove();
  toast("The explanation is removed.", () => place.insertBefore(note, after));
}

async function showTry(link: HTMLAnchorElement, event: Event): Promise<void> {
  if ((event as MouseEvent).metaKey || (event as MouseEvent).ctrlKey) return;
  event.preventDefault();
  const place = document.getElementById(link.dataset["try"] ?? "");
  if (!place) return;
  place.replaceChildren(parse(await fragment(link.href)));
  addCopyButtons(place);
  refreshTimes(place);
  find<HTMLElement>("h3", place)?.focus();
}

/** Notes save themselves a moment after the last key, and when the field or the page is left. */
function keepNote(area: HTMLTextAreaElement): void {
  const form = area.form;
  if (!form) return;
  let timer = 0;
  let saved = area.defaultValue;
  const say = find("[data-note-state]", form);
  const save = async () => {
    window.clearTimeout(timer);
    if (area.value === saved) return;
    const text = area.value;
    try {
      await fragment(form.action, new FormData(form));
      saved = text;
      say?.replaceChildren("Saved");
    } catch (error) {
      say?.replaceChildren(`Not saved: ${(error as Error).message}`);
    }
  };
  const changed = () => {
    say?.replaceChildren("Not saved yet");
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), 1500);
  };
  area.addEventListener("input", changed);
  if (differs(area)) changed();
  area.addEventListener("blur", () => void save());
  document.addEventListener("visibilitychange", () => document.hidden && void save());
  window.addEventListener("pagehide", () => void save());
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void save();
  });
}

/** A place beside a button that copies a text. */
export function startCopies(): void {
  delegate("click", "[data-copy]", async (button) => {
    const source = document.getElementById(button.dataset["copy"] ?? "");
    const field = source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement ? source : null;
    const text = field ? field.value : (source?.textContent ?? "");
    try {
      await navigator.clipboard.writeText(text);
      toast("Copied.");
    } catch {
      if (field) field.select();
      else if (source) getSelection()?.selectAllChildren(source);
      refuse("The text is selected. Copy it with your keys.");
    }
  });
}

let copies = 0;

export function addCopyButtons(within: ParentNode = document): void {
  for (const block of all(".prose > pre, pre.copyable", within)) {
    block.id ||= `copy-${++copies}`;
    const button = make("button", { class: "btn copy", type: "button", "data-copy": block.id }, "Copy");
    const box = make("div", { class: "hascopy" });
    block.replaceWith(box);
    box.append(block, button);
  }
}
