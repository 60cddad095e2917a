// The replay of an interview: the texts as they were at any moment, played or sought.

import { find, must } from "./lib/dom";
import { getJson } from "./lib/http";

type Edit = [at: number, task: number, name: string, from: number, to: number, text: string];
type Mark = [at: number, task: number, what: string, said: string];

interface Replay {
  length: number;
  texts: { task: number; name: string; text: string }[];
  edits: Edit[];
  looks: [at: number, task: number][];
  marks: Mark[];
}

const KEY_EVERY = 200;
const SPEED = 60;
const FRAME_MS = 50;
const AROUND = 3000;
const WORDS: Record<string, string> = { run: "Run", submission: "Submitted", bell: "Submitted by the bell", step: "Step" };

/** All texts after so many edits. Every 200th state is kept, so that any moment is at most 200 edits away. */
class Tape {
  private readonly keys: Map<string, string>[] = [];

  constructor(private readonly replay: Replay) {
    const state = new Map(replay.texts.map((text) => [`${text.task} ${text.name}`, text.text]));
    replay.edits.forEach((edit, number) => {
      if (number % KEY_EVERY === 0) this.keys.push(new Map(state));
      put(state, edit);
    });
    if (!this.keys.length) this.keys.push(state);
  }

  /** The state when `count` edits are done. */
  after(count: number): Map<string, string> {
    const key = Math.min(Math.floor(count / KEY_EVERY), this.keys.length - 1);
    const state = new Map(this.keys[key]);
    for (const edit of this.replay.edits.slice(key * KEY_EVERY, count)) put(state, edit);
    return state;
  }
}

function put(state: Map<string, string>, [, task, name, from, to, text]: Edit): void {
  const before = state.get(`${task} ${name}`) ?? "";
  state.set(`${task} ${name}`, before.slice(0, from) + text + before.slice(to));
}

class Player {
  private readonly tape: Tape;
  private readonly slider: HTMLInputElement;
  private readonly moments: number[];
  private timer = 0;
  private at = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly replay: Replay,
  ) {
    this.tape = new Tape(replay);
    this.slider = must<HTMLInputElement>("[data-at]", root);
    this.slider.max = String(Math.ceil(replay.length));
    this.moments = replay.marks.map(([at]) => at);
    this.slider.addEventListener("input", () => this.seek(Number(this.slider.value)));
    must("[data-play]", root).addEventListener("click", () => this.toggle());
    must("[data-before]", root).addEventListener("click", () => this.jump([...this.moments].reverse().find((at) => at < this.at - 0.5) ?? 0));
    must("[data-after]", root).addEventListener("click", () => this.jump(this.moments.find((at) => at > this.at + 0.5) ?? this.replay.length));
    this.seek(0);
  }

  private toggle(): void {
    if (this.timer) return this.pause();
    if (this.at >= this.replay.length) this.at = 0;
    this.say(true);
    this.timer = window.setInterval(() => {
      this.seek(this.at + (SPEED * FRAME_MS) / 1000);
      if (this.at >= this.replay.length) this.pause();
    }, FRAME_MS);
  }

  private pause(): void {
    window.clearInterval(this.timer);
    this.timer = 0;
    this.say(false);
  }

  private say(playing: boolean): void {
    const button = must("[data-play]", this.root);
    button.setAttribute("aria-pressed", String(playing));
    must("[data-words]", button).textContent = playing ? "Pause" : "Play";
  }

  private jump(at: number): void {
    this.pause();
    this.seek(at);
  }

  private seek(at: number): void {
    this.at = Math.min(Math.max(at, 0), this.replay.length);
    this.slider.value = String(Math.round(this.at));
    this.slider.setAttribute("aria-valuetext", words(this.at));
    must("[data-clock-words]", this.root).textContent = words(this.at);
    const cursor = find("[data-cursor]");
    if (cursor) {
      const [left, right] = [Number(cursor.dataset["left"]), Number(cursor.dataset["right"])];
      const x = String(left + ((right - left) * this.at) / Math.max(1, this.replay.length));
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
    }
    this.show();
  }

  private show(): void {
    const done = upTo(this.replay.edits, this.at);
    const last = this.replay.edits[done - 1];
    const look = this.replay.looks[upTo(this.replay.looks, this.at) - 1];
    const mark = this.replay.marks[upTo(this.replay.marks, this.at) - 1];
    const task = look?.[1] || last?.[1] || 1;
    const name = last && last[1] === task ? last[2] : (this.replay.texts.find((text) => text.task === task)?.name ?? "words");
    const text = this.tape.after(done).get(`${task} ${name}`) ?? "";
    const place = last && last[1] === task ? last[3] : 0;
    must("[data-text]", this.root).textContent = around(text, place);
    const where = look && !look[1] ? "The room was out of sight." : `Task ${String.fromCharCode(64 + task)}${name in TEXTS ? `, ${TEXTS[name]}` : ""}.`;
    const recent = mark && this.at - mark[0] < 30 ? ` ${words(mark[0])} ${WORDS[mark[2]] ?? mark[2]}${mark[3] ? `: ${mark[3]}` : ""}.` : "";
    must("[data-event]", this.root).textContent = where + recent;
  }
}

const TEXTS: Record<string, string> = { scratchpad: "the scratchpad", words: "your words" };

/** How many rows, sorted by their first value, lie at or before a moment. */
function upTo(rows: readonly (readonly [number, ...unknown[]])[], at: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.[0] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lines around a place, of a text that may be long. */
function around(text: string, place: number): string {
  if (text.length <= 2 * AROUND) return text;
  const start = Math.max(0, text.lastIndexOf("\n", Math.max(0, place - AROUND)));
  return text.slice(start, start + 2 * AROUND);
}

function words(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(Math.floor(seconds % 60))}`;
}

const root = find("[data-replay]");
if (root) {
  getJson<Replay>(root.dataset["replay"] ?? "")
    .then((replay) => new Player(root, replay))
    .catch((error: Error) => (must("[data-event]", root).textContent = error.message));
}
