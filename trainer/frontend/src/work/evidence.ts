// What there is to read about a broken service: files in tabs, searched together, line by line.

import { all, find, make, must } from "../lib/dom";
import { recall, remember } from "../lib/store";
import { select } from "../lib/tabs";

const WRAP = "evidence:wrap";

interface Page {
  tab: HTMLElement;
  text: HTMLElement;
  lines: string[];
}

export class Evidence {
  private readonly pages: Page[];
  private readonly field: HTMLInputElement;
  private readonly only: HTMLInputElement;
  private hits: HTMLElement[] = [];
  private at = -1;

  constructor(private readonly root: HTMLElement) {
    this.field = must<HTMLInputElement>("[data-find]", root);
    this.only = must<HTMLInputElement>("[data-only]", root);
    this.pages = all("[data-file-of-evidence]", root).map((text) => ({ text, tab: tabOf(text, root), lines: (text.textContent ?? "").replace(/\n$/, "").split("\n") }));
    this.field.addEventListener("input", () => this.search());
    this.field.addEventListener("keydown", (event) => this.keys(event));
    this.only.addEventListener("change", () => this.filter());
    for (const button of all("[data-step]", root)) button.addEventListener("click", () => this.step(Number(button.dataset["step"])));
    this.listenToWrap(must<HTMLInputElement>("[data-wrap]", root));
    this.search();
  }

  private listenToWrap(box: HTMLInputElement): void {
    const wrap = () => this.root.classList.toggle("wraps", box.checked);
    box.checked = recall(WRAP) !== "no";
    box.addEventListener("change", () => {
      remember(WRAP, box.checked ? "yes" : "no");
      wrap();
    });
    wrap();
  }

  private keys(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) this.step(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape" && this.field.value) this.clear();
    else return;
    event.preventDefault();
  }

  private clear(): void {
    this.field.value = "";
    this.search();
  }

  private search(): void {
    const wanted = this.field.value.toLowerCase();
    this.hits = [];
    this.at = -1;
    for (const page of this.pages) {
      const lines = page.lines.map((line) => lineOf(line, wanted));
      const found = lines.filter((line) => line.classList.contains("hit"));
      page.text.replaceChildren(...lines);
      must("[data-hits]", page.tab).textContent = wanted ? String(found.length) : "";
      this.hits.push(...found);
    }
    this.filter();
    this.tell();
  }

  private filter(): void {
    this.root.classList.toggle("only", this.only.checked && this.field.value !== "");
  }

  /** Go to the next line with what is looked for, or the one before, also into another file. */
  private step(by: number): void {
    if (!this.hits.length) return;
    this.hits[this.at]?.classList.remove("now");
    this.at = this.at < 0 ? (by > 0 ? this.firstInSight() : this.hits.length - 1) : (this.at + by + this.hits.length) % this.hits.length;
    const line = this.hits[this.at];
    const page = this.pages.find(({ text }) => text.contains(line ?? null));
    if (page) select(page.tab);
    line?.classList.add("now");
    line?.scrollIntoView({ block: "nearest" });
    this.tell();
  }

  /** The first one of the file that is open. */
  private firstInSight(): number {
    const open = this.pages.find(({ tab }) => tab.getAttribute("aria-selected") === "true");
    return Math.max(0, this.hits.findIndex((line) => open?.text.contains(line)));
  }

  private tell(): void {
    const [count, said] = [this.hits.length, find("[data-found]", this.root)];
    const lines = count === 1 ? "1 line" : `${count} lines`;
    if (said) said.textContent = !this.field.value ? "" : this.at < 0 ? lines : `${this.at + 1} of ${lines}`;
    for (const button of all("[data-step]", this.root)) button.setAttribute("aria-disabled", String(count === 0));
  }
}

function tabOf(text: HTMLElement, root: HTMLElement): HTMLElement {
  return must(`[aria-controls="${text.closest("[role=tabpanel]")?.id ?? ""}"]`, root);
}

/** One line, in it marked what is looked for. */
function lineOf(text: string, wanted: string): HTMLElement {
  const line = make("span", { class: "l" });
  const low = text.toLowerCase();
  let from = 0;
  for (let at = wanted ? low.indexOf(wanted) : -1; at >= 0; at = low.indexOf(wanted, from)) {
    line.append(text.slice(from, at), make("mark", {}, text.slice(at, at + wanted.length)));
    from = at + wanted.length;
  }
  line.classList.toggle("hit", from > 0);
  line.append(text.slice(from));
  return line;
}
