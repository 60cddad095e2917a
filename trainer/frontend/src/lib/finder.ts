// Find a problem: "/" opens a list that the server searches with every letter. Without scripts its link leads to the
// list page.

import { find, icon, make } from "./dom";
import { getJson } from "./http";
import { onLetter } from "./letters";

interface Entry {
  slug: string;
  title: string;
  label: string;
  difficulty: string;
  found_as: string;
}

const ICONS: Record<string, string> = { class: "class", sql: "sql", quiz: "talk", service: "service", debug: "debug" };
const SHOWN = 30;
const PAUSE_MS = 150;

export function startFinder(): void {
  const here = find<HTMLInputElement>("input[data-search]");
  const link = find<HTMLAnchorElement>("a[data-finder]");
  if (here) onLetter("/", () => here.focus());
  else if (link) onLetter("/", () => void new Finder(link).start());
  link?.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    if (here) here.focus();
    else void new Finder(link).start();
  });
}

class Finder {
  private shown: Entry[] = [];
  private answered: string | null = null;
  private chosen = false; // Enter was pressed before the answer was there
  private at = 0;
  private timer = 0;
  private readonly input = make("input", {
    class: "input",
    type: "search",
    placeholder: "Title, topic or any other name",
    "aria-label": "Find a problem",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": "finder-list",
    "aria-autocomplete": "list",
    autocomplete: "off",
  });
  private readonly list = make("ul", { id: "finder-list", role: "listbox", "aria-label": "Problems" });
  private readonly none = make("p", { class: "none", role: "status" });
  private readonly dialog: HTMLDialogElement;

  constructor(private readonly link: HTMLAnchorElement) {
    this.dialog = make("dialog", { class: "dialog finding", "aria-label": "Find a problem" });
    this.dialog.append(make("div", { class: "searchbox" }, icon("search"), this.input), this.list, this.none);
  }

  async start(): Promise<void> {
    if (find("dialog[open]")) return;
    document.body.append(this.dialog);
    this.dialog.addEventListener("close", () => {
      this.dialog.remove();
      this.link.focus();
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.input.addEventListener("input", () => {
      this.chosen = false;
      window.clearTimeout(this.timer);
      this.timer = window.setTimeout(() => void this.load(), PAUSE_MS);
    });
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.dialog.showModal();
    await this.load();
  }

  /** The list page says which topics are near to what was asked, where no problem has it. */
  private get listAddress(): string {
    return `${this.link.href}?${new URLSearchParams({ q: this.asked }).toString()}`;
  }

  private get asked(): string {
    return this.input.value.replaceAll(/\s+/g, " ").trim().slice(0, 200);
  }

  /** Only the answer to the last question counts: answers may overtake each other. */
  private async load(): Promise<void> {
    const asked = this.asked;
    const query = new URLSearchParams({ q: asked });
    const answer = await getJson<{ problems: Entry[] }>(`/api/v1/problems?${query.toString()}`).catch(() => null);
    if (asked !== this.asked) return;
    if (!answer) {
      this.none.hidden = false;
      this.none.textContent = "The server cannot be reached. Try again in a moment.";
      return;
    }
    this.answered = asked;
    this.shown = answer.problems.slice(0, SHOWN);
    this.at = 0;
    this.render();
    const first = this.shown[0];
    if (this.chosen) this.goTo(first);
  }

  private render(): void {
    this.list.replaceChildren(...this.shown.map((entry, index) => this.row(entry, index)));
    this.list.hidden = !this.shown.length;
    this.none.hidden = this.shown.length > 0;
    this.none.replaceChildren("No problem has all these words. ", make("a", { href: this.listAddress }, "See the closest topics"));
    this.mark();
  }

  private row(entry: Entry, index: number): HTMLElement {
    const row = make("li", { role: "option", id: `find-${index}` });
    const name = make("span", {}, entry.title);
    if (entry.found_as) name.append(make("small", {}, ` found as: ${entry.found_as}`));
    row.append(icon(ICONS[entry.label] ?? "code"), name, make("small", {}, entry.difficulty));
    row.addEventListener("click", () => this.goTo(entry));
    return row;
  }

  private mark(): void {
    [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.at)));
    const chosen = this.list.children[this.at];
    chosen?.scrollIntoView({ block: "nearest" });
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private press(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entry = this.shown[this.at];
    if (by !== undefined && this.shown.length) {
      event.preventDefault();
      this.at = (this.at + by + this.shown.length) % this.shown.length;
      this.mark();
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.answered !== this.asked) this.chosen = true;
      else this.goTo(entry);
    }
  }

  private goTo(entry: Entry | undefined): void {
    location.assign(entry ? `/problems/${encodeURIComponent(entry.slug)}` : this.listAddress);
  }
}
