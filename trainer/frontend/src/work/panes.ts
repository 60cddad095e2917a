// Panes that one can resize: by pointer, by arrow keys; a double press gives the first sizes back.

import { all, find } from "../lib/dom";
import { forget, remember } from "../lib/store";

const STEP = 24;
const LEAST = 240;

export function startPanes(work: HTMLElement): void {
  const key = `panes:${work.dataset["panes"] ?? ""}`;
  all<HTMLButtonElement>(":scope > .split", work).forEach((split, index) => new Split(work, split, index, key));
}

class Split {
  constructor(
    private readonly work: HTMLElement,
    private readonly split: HTMLElement,
    private readonly index: number,
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
    let last = start.clientX;
    const move = (event: PointerEvent) => {
      this.shift(event.clientX - last);
      last = event.clientX;
    };
    this.split.addEventListener("pointermove", move);
    this.split.addEventListener("pointerup", () => this.split.removeEventListener("pointermove", move), { once: true });
  }

  private press(event: KeyboardEvent): void {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by === undefined || this.stacked) return;
    event.preventDefault();
    this.shift(by);
  }

  /** Between 760 and 1100 px the panes are stacked and share the height by rule. */
  private get stacked(): boolean {
    return matchMedia("(max-width: 1100px)").matches;
  }

  private shift(by: number): void {
    const widths = all(":scope > .pane", this.work).map((pane) => pane.getBoundingClientRect().width);
    const left = widths[this.index] ?? 0;
    const right = widths[this.index + 1] ?? 0;
    const allowed = Math.max(LEAST - left, Math.min(by, right - LEAST));
    widths[this.index] = left + allowed;
    widths[this.index + 1] = right - allowed;
    const shares = widths.map((width) => width.toFixed(1));
    document.documentElement.style.setProperty("--panes", shares.map((share) => `minmax(0, ${share}fr)`).join(" 7px "));
    remember(this.key, shares.join(","));
  }

  private reset(): void {
    document.documentElement.style.removeProperty("--panes");
    forget(this.key);
  }
}

/** On phones one pane is shown at a time; this leads to one of them, so that Back works. */
export function showPane(id: string): void {
  for (const pane of all(".work > .pane")) pane.toggleAttribute("data-default", pane.id === id);
  if (matchMedia("(max-width: 760px)").matches && location.hash !== `#${id}`) location.hash = id;
}

/** The tab of the shown pane says so. */
export function startPhoneTabs(work: HTMLElement): void {
  const links = all<HTMLAnchorElement>(".worktabs a", work);
  const mark = () => {
    const shown = location.hash || `#${find("[data-default]", work)?.id ?? ""}`;
    if (!links.some((link) => link.hash === shown)) return;
    for (const link of links) {
      if (link.hash === shown) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  window.addEventListener("hashchange", mark);
  mark();
}
