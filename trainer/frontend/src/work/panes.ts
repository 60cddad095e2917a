// Panes that one can resize: by pointer, by arrow keys; a double press gives the first sizes back.

import { all, find } from "../lib/dom";
import { forget, remember } from "../lib/store";

const STEP = 24;
const LEAST = 240;
const LEAST_HEIGHT = 160;

export function startPanes(work: HTMLElement): void {
  const key = `panes:${work.dataset["panes"] ?? ""}`;
  const splits = all<HTMLButtonElement>(":scope > .split", work);
  const flat = (split: HTMLElement) => "rows" in split.dataset || (work.classList.contains("low") && split === splits[1]);
  splits.filter((split) => !flat(split)).forEach((split, index) => new Split(work, split, index, false, key));
  splits.filter(flat).forEach((split) => new Split(work, split, layout(work).columns.length, true, key));
}

/** Panes that stand beside each other, and two of a column that stand above each other, where a page has such. */
interface Layout {
  columns: HTMLElement[];
  rows: HTMLElement[];
}

function layout(work: HTMLElement): Layout {
  const panes = all(":scope > .pane", work);
  const of = (...ids: string[]) => ids.flatMap((id) => panes.filter((pane) => pane.id === id));
  if (work.classList.contains("low")) return { columns: of("statement", "code"), rows: of("code", "results") };
  if (work.classList.contains("thinks")) return { columns: of("statement", "code", "results"), rows: [] };
  if (work.classList.contains("svc")) return { columns: of("statement", "code", "results"), rows: of("code", "console", "evidence") };
  return { columns: panes, rows: [] };
}

/** Widths of the columns, then heights of the rows. */
function shares(work: HTMLElement): number[] {
  const { columns, rows } = layout(work);
  return [...columns.map((pane) => pane.getBoundingClientRect().width), ...rows.map((pane) => pane.getBoundingClientRect().height)];
}

function share(work: HTMLElement, sizes: number[]): void {
  const style = document.documentElement.style;
  const columns = sizes.slice(0, layout(work).columns.length);
  style.setProperty("--panes", columns.map((size) => `minmax(0, ${size.toFixed(1)}fr)`).join(" 7px "));
  const [upper, lower] = sizes.slice(columns.length);
  if (upper === undefined || lower === undefined) return;
  style.setProperty("--upper", `${upper.toFixed(1)}fr`);
  style.setProperty("--lower", `${lower.toFixed(1)}fr`);
}

class Split {
  constructor(
    private readonly work: HTMLElement,
    private readonly split: HTMLElement,
    /** Place of the size before it among all sizes. */
    private readonly first: number,
    /** Does it lie between two rows? */
    private readonly flat: boolean,
    private readonly key: string,
  ) {
    split.addEventListener("pointerdown", (event) => this.drag(event));
    split.addEventListener("keydown", (event) => this.press(event));
    split.addEventListener("dblclick", () => this.reset());
  }

  private drag(start: PointerEvent): void {
    if (this.stacked) return;
    start.preventDefault();
    this.split.focus();
    this.split.setPointerCapture(start.pointerId);
    const at = (event: PointerEvent) => (this.flat ? event.clientY : event.clientX);
    let last = at(start);
    const move = (event: PointerEvent) => {
      this.shift(at(event) - last);
      last = at(event);
    };
    this.split.addEventListener("pointermove", move);
    this.split.addEventListener("pointerup", () => this.split.removeEventListener("pointermove", move), { once: true });
  }

  private press(event: KeyboardEvent): void {
    const steps: Record<string, number> = this.flat
      ? { ArrowUp: -STEP, ArrowDown: STEP }
      : { ArrowLeft: -STEP, ArrowRight: STEP };
    const by = steps[event.key];
    if (by === undefined || this.stacked) return;
    event.preventDefault();
    this.shift(by);
  }

  /** Below 1100 px three columns are stacked and share the height by rule. */
  private get stacked(): boolean {
    const three = this.work.classList.contains("w3") && !this.work.classList.contains("low");
    return three && matchMedia("(max-width: 1100px)").matches;
  }

  private shift(by: number): void {
    const sizes = shares(this.work);
    const [before, after] = [sizes[this.first] ?? 0, sizes[this.first + 1] ?? 0];
    const least = this.flat ? LEAST_HEIGHT : LEAST;
    const allowed = Math.max(least - before, Math.min(by, after - least));
    sizes[this.first] = before + allowed;
    sizes[this.first + 1] = after - allowed;
    share(this.work, sizes);
    remember(this.key, sizes.map((size) => size.toFixed(1)).join(","));
  }

  private reset(): void {
    for (const name of ["--panes", "--upper", "--lower"]) document.documentElement.style.removeProperty(name);
    forget(this.key);
  }
}

/** On phones one pane is shown at a time; this leads to one of them, so that Back works. */
export function showPane(id: string): void {
  for (const pane of all(".work > .pane")) pane.toggleAttribute("data-default", pane.id === id);
  if (matchMedia("(max-width: 760px)").matches && location.hash !== `#${id}`) location.hash = id;
  markPhoneTab();
}

/** The tab of the shown pane says so, on a wide window, too: it may become narrow. */
export function startPhoneTabs(): void {
  window.addEventListener("hashchange", markPhoneTab);
  markPhoneTab();
}

function markPhoneTab(): void {
  const links = all<HTMLAnchorElement>(".worktabs a");
  const shown = location.hash || `#${find(".work > [data-default]")?.id ?? ""}`;
  if (!links.some((link) => link.hash === shown)) return;
  for (const link of links) {
    if (link.hash === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}
