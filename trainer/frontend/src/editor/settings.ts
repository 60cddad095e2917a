// How the editor is set: by the account, which the server tells, else by this device.

import { all, find } from "../lib/dom";
import { fragment } from "../lib/http";
import { recall, remember } from "../lib/store";

export type Keys = "standard" | "vim" | "emacs";

/** Named as trainer/services/editor_settings.py names them. */
export interface Settings {
  font_px: number;
  tab_width: number;
  keys: Keys;
  wrap: boolean;
  completion: boolean;
}

const DEFAULTS: Settings = { font_px: 13, tab_width: 4, keys: "standard", wrap: true, completion: true };
const KEPT = "editor";

export function settings(): Settings {
  const told = document.documentElement.dataset["editor"] ?? recall(KEPT) ?? "{}";
  try {
    return { ...DEFAULTS, ...(JSON.parse(told) as Partial<Settings>) };
  } catch {
    return DEFAULTS;
  }
}

const INDENTED = /^(\t| {2}(?! )| {4}(?! )| {8}(?! ))/m;

/** What Tab writes: who has chosen no width indents as the text does, and tabs stay tabs. */
export function indentOf(text: string, { tab_width }: Settings): string {
  const found = INDENTED.exec(text)?.[1];
  const isChosen = document.documentElement.dataset["editor"] ?? recall(KEPT);
  return found && (found === "\t" || !isChosen) ? found : " ".repeat(tab_width);
}

/** Show what is set on the page, and let its form change that; `apply` hears of each change. */
export function startSettings(apply: (settings: Settings) => void): void {
  show(settings());
  const box = find("[data-editor-settings]");
  const form = box && find<HTMLFormElement>("form", box);
  if (!box || !form) return;
  fill(form, settings());
  box.addEventListener("toggle", () => place(box));
  form.addEventListener("submit", (event) => event.preventDefault());
  let last = Promise.resolve();
  form.addEventListener("change", () => {
    if (!form.reportValidity()) return;
    const [given, chosen] = [new FormData(form), read(form)];
    show(chosen);
    apply(chosen);
    last = last.then(() => keep(form, given, chosen));
  });
}

/** What depends on the page alone: the letters' size, and what is said of keys. */
function show(chosen: Settings): void {
  document.documentElement.style.setProperty("--editor-size", `${chosen.font_px}px`);
  for (const part of all("[data-with-keys]")) part.hidden = !part.dataset["withKeys"]?.split(" ").includes(chosen.keys);
}

function fill(form: HTMLFormElement, chosen: Settings): void {
  for (const [name, value] of Object.entries(chosen)) {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = value === true;
    else if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = String(value);
  }
}

function read(form: HTMLFormElement): Settings {
  const given = new FormData(form);
  return {
    font_px: Number(given.get("font_px")),
    tab_width: Number(given.get("tab_width")),
    keys: given.get("keys") as Keys,
    wrap: given.has("wrap"),
    completion: given.has("completion"),
  };
}

async function keep(form: HTMLFormElement, given: FormData, chosen: Settings): Promise<void> {
  const say = find("[data-settings-say]", form);
  if (!("account" in form.dataset)) return remember(KEPT, JSON.stringify(chosen));
  try {
    await fragment(form.action, given);
    document.documentElement.dataset["editor"] = JSON.stringify(chosen);
    say?.replaceChildren("Kept with your account.");
  } catch (error) {
    say?.replaceChildren(`Not kept: ${(error as Error).message}`);
  }
}

/** Below its button, at its right edge. */
function place(box: HTMLElement): void {
  const button = find(`[popovertarget="${box.id}"]`)?.getBoundingClientRect();
  if (!button) return;
  box.style.setProperty("--at-top", `${button.bottom + 4}px`);
  box.style.setProperty("--at-right", `${document.documentElement.clientWidth - button.right}px`);
}
