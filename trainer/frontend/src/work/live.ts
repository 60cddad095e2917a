// The head of the results while a submission waits or is judged. It changes in place; nothing else moves.

import { find, icon, make } from "../lib/dom";
import type { State } from "./judge";

const PATIENCE_MS = 200;

/** Show the state, but nothing for the first 200 ms: most verdicts are faster than a flicker. */
export class Live {
  private head: HTMLElement | null = null;
  private timer = 0;
  private last: State = { status: "queued", position: 0, done: 0, total: 0, why: "" };

  constructor(
    private readonly place: HTMLElement,
    private readonly body: HTMLElement,
    private readonly starting: string,
  ) {
    this.timer = window.setTimeout(() => this.show(), PATIENCE_MS);
  }

  tell(state: State): void {
    this.last = state;
    if (this.head) this.show();
  }

  stop(): void {
    window.clearTimeout(this.timer);
    this.place.removeAttribute("aria-busy");
  }

  private show(): void {
    const { status, done, total } = this.last;
    const words = wording(this.last, this.starting);
    if (!this.head || this.head.dataset["status"] !== status) {
      this.head = head(status);
      this.place.setAttribute("aria-busy", "true");
      this.place.replaceChildren(this.head);
      this.body.replaceChildren(make("div", { class: "stack s2", "data-live": "" }, make("div", { class: "casebar" })));
    }
    const line = find("p", this.head);
    if (line && line.textContent !== words) line.textContent = words;
    this.bar(done, total);
  }

  private bar(done: number, total: number): void {
    const bar = find(".casebar", this.body);
    if (!bar || total > 60) return;
    while (bar.children.length < total) bar.append(make("b", { class: "off" }));
    [...bar.children].forEach((stroke, index) => stroke.classList.toggle("off", index >= done));
    if (total) {
      bar.setAttribute("role", "img");
      bar.setAttribute("aria-label", `${done} of ${total} cases done`);
    }
  }
}

function head(status: string): HTMLElement {
  const title = make("h2", {}, status === "judging" ? "Judging" : "Queued");
  const words = make("div", { class: "grow" }, title, make("p"));
  return make("div", { class: `resulthead is-${status}`, "data-status": status }, icon(status), words);
}

/** The server counts no further. */
const MOST_AHEAD = 300;

/** `starting` is said while nothing can be counted. */
function wording({ status, position, done, total, why }: State, starting: string): string {
  if (why) return why;
  if (status === "judging") return total ? `Case ${Math.min(done + 1, total)} of ${total}. You can go on typing.` : starting;
  if (position === 0) return "Yours is next.";
  if (position >= MOST_AHEAD) return `At least ${MOST_AHEAD} are before yours.`;
  return position === 1 ? "One is before yours." : `${position} are before yours.`;
}
