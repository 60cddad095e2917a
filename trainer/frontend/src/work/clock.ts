// The clock of an interview. The server's moments decide; the browser's own clock only counts what passes between.

import { find } from "../lib/dom";
import { getJson } from "../lib/http";
import { BELL, handOverAll, saveAll } from "./drafts";
import { recorded } from "./recorder";
import { clock } from "../lib/times";
import { announce } from "../lib/toast";
import { recall, remember } from "../lib/store";

const TICK_MS = 250;
const SYNC_MS = 60_000;
const LATE_S = 300;
const NEAR_S = 2;
const HIDDEN = "clock-hidden";

interface State {
  now: string;
  bell_at: string;
  phase: "running" | "over";
}

export class Clock {
  /** The server's time minus this page's steady counter, in ms. A wrong or changed wall clock does not matter. */
  private offset: number;
  private roundTrip = Number.POSITIVE_INFINITY;
  private bell: number;
  /** Seconds from the beginning to the bell. */
  private length: number;
  private readonly announced = new Set<number>();
  private readonly warnings: number[];
  private near = false;
  private ringing = false;

  constructor(private readonly root: HTMLElement) {
    this.offset = Date.parse(root.dataset["now"] ?? "") - performance.now();
    this.bell = Date.parse(root.dataset["bell"] ?? "");
    this.length = Number(root.dataset["length"]) || 1;
    this.warnings = (root.dataset["warnings"] ?? "").split(" ").filter(Boolean).map((at) => Date.parse(at));
    for (const at of this.warnings) if (at <= this.now) this.announced.add(at);
    this.startHiding();
    this.showEnd();
    window.setInterval(() => this.tick(), TICK_MS);
    window.setInterval(() => void this.sync(), SYNC_MS);
    document.addEventListener("visibilitychange", () => !document.hidden && void this.sync());
    window.addEventListener("online", () => void this.sync());
    document.addEventListener(BELL, (event) => this.hear((event as CustomEvent<string>).detail));
    void this.sync();
    this.tick();
  }

  /** The server's present moment, as well as this page knows it, in ms. */
  get now(): number {
    return performance.now() + this.offset;
  }

  private async sync(): Promise<void> {
    const asked = performance.now();
    try {
      const state = await getJson<State>(this.root.dataset["url"] ?? "");
      const trip = performance.now() - asked;
      // A laptop that slept has lost time on the steady counter: then even a slow answer is better than none.
      const jumped = Math.abs(Date.parse(state.now) - this.now) > 2000 + trip;
      if (trip <= this.roundTrip || jumped) {
        this.roundTrip = jumped ? trip : Math.min(trip, this.roundTrip);
        this.offset = Date.parse(state.now) + trip / 2 - performance.now();
      }
      this.hear(state.bell_at);
      if (state.phase === "over") await this.ring();
    } catch {
      // The line is down; the counter goes on.
    }
  }

  /** The end as the server knows it now. Where it has moved, its warnings move with it. */
  private hear(bellAt: string): void {
    const moved = Date.parse(bellAt) - this.bell;
    if (!moved) return;
    this.bell += moved;
    this.length += moved / 1000;
    this.near = false;
    this.warnings.forEach((at, place) => (this.warnings[place] = at + moved));
    this.announced.clear();
    for (const at of this.warnings) if (at <= this.now) this.announced.add(at);
    this.showEnd();
    this.tick();
  }

  private showEnd(): void {
    const end = find<HTMLTimeElement>("[data-clock-time]", this.root);
    if (end) end.textContent = clock(new Date(this.bell));
  }

  private tick(): void {
    const left = Math.max(0, Math.ceil((this.bell - this.now) / 1000));
    const shown = find("[data-left]", this.root);
    if (shown && shown.textContent !== words(left)) {
      shown.textContent = words(left);
      shown.dataset["late"] = left <= LATE_S ? "1" : "0";
      const gone = 100 * (1 - left / Math.max(1, this.length));
      find("[data-run-out]", this.root)?.setAttribute("width", String(Math.min(100, Math.max(0, gone))));
    }
    for (const at of this.warnings) {
      if (at > this.now || this.announced.has(at)) continue;
      this.announced.add(at);
      this.announce(`${minutes(this.bell - at)} left.`);
    }
    if (left <= NEAR_S && !this.near) {
      this.near = true;
      saveAll();
    }
    if (left === 0) void this.ring();
  }

  /** The bell, as far as this page knows: what is typed is sent, then the server is asked whether it is over. */
  private async ring(): Promise<void> {
    if (this.ringing) return;
    this.ringing = true;
    this.announce("The time is over. What you typed is handed in.");
    saveAll();
    for (;;) {
      try {
        const state = await getJson<State>(this.root.dataset["url"] ?? "");
        if (state.phase === "over") {
          await Promise.all([handOverAll(), recorded()]); // what is typed counts no more, and is kept beside
          return location.assign(this.root.dataset["report"] ?? "/interviews");
        }
      } catch {
        // Offline at the bell: the report is there when the line is back.
      }
      await new Promise((resolve) => window.setTimeout(resolve, 1000));
    }
  }

  private announce(text: string): void {
    const place = find("[data-announce]");
    if (!place) return;
    place.textContent = text;
    announce(text);
  }

  private startHiding(): void {
    const button = find<HTMLButtonElement>("[data-hide-clock]", this.root);
    const place = find(".clock", this.root);
    if (!button || !place) return;
    const show = (hidden: boolean): void => {
      place.classList.toggle("quiet", hidden);
      button.setAttribute("aria-pressed", String(hidden));
      button.title = hidden ? "Show the clock" : "Hide the clock";
      button.setAttribute("aria-label", button.title);
    };
    show(recall(HIDDEN) === "1");
    button.addEventListener("click", () => {
      const hidden = button.getAttribute("aria-pressed") !== "true";
      remember(HIDDEN, hidden ? "1" : "0");
      show(hidden);
    });
  }
}

function words(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const rest = `${two(Math.floor((seconds % 3600) / 60))}:${two(seconds % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}

function minutes(ms: number): string {
  const whole = Math.round(ms / 60_000);
  if (whole < 1) return `${Math.round(ms / 1000)} seconds`;
  return whole === 1 ? "One minute" : `${whole} minutes`;
}
