// Records what happens in a room, for the replay: small differences of texts, looks and steps, in batches.
// Nothing of it is scored, and nothing waits for it: what cannot be sent now is sent later, or lost.

import { commonEnds } from "../lib/difference";
import { all, find } from "../lib/dom";
import { Refused, send } from "../lib/http";
import { stepOf } from "./steps";
import { typed } from "./typed";

const LOOK_MS = 1000;
const SEND_MS = 10_000;
const MOST = 1500;
const LEAVE_MS = 2000;

interface Happened {
  at: number;
  task: number;
  look?: boolean;
  step?: string;
  name?: string;
  state?: boolean;
  from?: number;
  to?: number;
  text?: string;
}

export class Recorder {
  private readonly last = new Map<string, string>();
  private waiting: Happened[] = [];
  private sending: { key: string; events: Happened[] } | null = null;
  private step = "";
  private used = false;

  constructor(
    private readonly url: string,
    private readonly task: number,
  ) {
    for (const [name, source] of typed) this.begin(name, source());
    this.look(true);
    window.setInterval(() => this.compare(), LOOK_MS);
    window.setInterval(() => void this.flush(), SEND_MS);
    document.addEventListener("focusin", (event) => this.enter(event.target as Element));
    document.addEventListener("visibilitychange", () => this.look(!document.hidden));
    window.addEventListener("pagehide", () => this.look(false));
  }

  private add(event: Omit<Happened, "at" | "task"> & { task?: number }): void {
    if (this.used || this.waiting.length >= MOST) return;
    this.waiting.push({ task: this.task, ...event, at: performance.now() });
  }

  private look(here: boolean): void {
    this.compare();
    this.add({ look: true, task: here ? this.task : 0 });
    if (!here) void this.flush();
  }

  /** How a text stands when the page is opened: what other pages and devices have typed meanwhile is in it. */
  private begin(name: string, text: string): void {
    this.last.set(name, text);
    if (text.trim()) this.add({ name, task: this.of(name), state: true, text });
  }

  private of(name: string): number {
    return name === "scratchpad" ? 0 : this.task;
  }

  private enter(target: Element): void {
    const step = stepOf(target);
    if (!step || step === this.step) return;
    this.step = step;
    this.add({ step });
  }

  private compare(): void {
    for (const [name, source] of typed) {
      const before = this.last.get(name) ?? "";
      const after = source();
      if (after === before) continue;
      this.last.set(name, after);
      this.add({ name, task: this.of(name), ...difference(before, after) });
    }
  }

  /** The page leaves: what happened by now is sent. It is worth a moment, and no more. */
  async finish(): Promise<void> {
    this.compare();
    await Promise.race([this.flush(), new Promise((resolve) => window.setTimeout(resolve, LEAVE_MS))]);
  }

  private async flush(): Promise<void> {
    if (!this.sending && this.waiting.length) {
      this.sending = { key: key(), events: this.waiting };
      this.waiting = [];
    }
    const batch = this.sending;
    if (!batch) return;
    const now = performance.now();
    const events = batch.events.map(({ at, ...event }) => ({ ...event, ago: Math.max(0, Math.round(now - at)) }));
    try {
      const answer = await send<{ recorded: boolean }>("POST", this.url, { key: batch.key, events });
      this.used = !answer.recorded;
      if (this.sending === batch) this.sending = null;
    } catch (error) {
      // Offline, or too many at once: the same batch goes again. One that is refused would be refused for ever.
      const refused = error instanceof Refused && error.status < 500 && error.status !== 429;
      if (refused && this.sending === batch) this.sending = null;
    }
  }
}

/** The one stretch in which two texts differ. */
function difference(before: string, after: string): { from: number; to: number; text: string } {
  let [start, tail] = commonEnds(before, after);
  // Half a character cannot be kept: take the other half along.
  if (isLow(after.charCodeAt(start)) || isLow(before.charCodeAt(start))) start = Math.max(0, start - 1);
  if (isLow(after.charCodeAt(after.length - tail)) && tail > 0) tail -= 1;
  return { from: start, to: before.length - tail, text: after.slice(start, after.length - tail) };
}

function isLow(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff;
}

function key(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

let recorder: Recorder | null = null;

/** Returns when what happened on this page is recorded, or cannot be now. */
export async function recorded(): Promise<void> {
  await recorder?.finish();
}

export function startRecorder(): void {
  const place = find("[data-record]");
  if (place && all("[data-draft]").length) recorder = new Recorder(place.dataset["record"] ?? "", Number(place.dataset["task"] ?? 0));
}
