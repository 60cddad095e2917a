// The replay of an interview: the texts as they were at any moment, played or sought; at a try, what it changed.

import { all, find, make, must } from "./lib/dom";
import { changedLines, commonEnds } from "./lib/difference";
import { getJson } from "./lib/http";
import { sendLeftovers } from "./work/leftovers";
import { type Files, type Mark, type Replay, Tape, changedFile, upTo } from "./work/tape";

const SPEED = 60;
const FRAME_MS = 50;
const AROUND = 3000;
/** A page looks at its texts once a second: what was typed before a try is recorded a little after it. */
const LAG = 2;
const RECENT = 30;
const WAVE_MS = 1000;
const TRIES: Record<string, string> = { run: "run", submission: "submission", bell: "submitted when the time was over" };
const TEXTS: Record<string, string> = { scratchpad: "the scratchpad", words: "your words" };

/** Titles of the languages that were typed in, where there are several. */
function languagesOf(root: HTMLElement, replay: Replay): Record<string, string> {
  const titles = Object.entries(JSON.parse(root.dataset["languages"] ?? "{}") as Record<string, string>);
  const typed = new Set(replay.edits.map((edit) => edit[2]));
  const used = titles.filter(([name]) => typed.has(name));
  return used.length > 1 ? Object.fromEntries(used) : {};
}

class Player {
  private readonly tape: Tape;
  private readonly slider: HTMLInputElement;
  private readonly tries: Mark[];
  /** What texts are called; languages where a task was written in several. */
  private readonly names: Record<string, string>;
  private timer = 0;
  private at = 0;

  constructor(
    private readonly root: HTMLElement,
    private readonly replay: Replay,
  ) {
    this.tape = new Tape(replay);
    this.names = { ...languagesOf(root, replay), ...TEXTS };
    this.tries = replay.marks.filter((mark) => mark[2] in TRIES);
    this.slider = must<HTMLInputElement>("[data-at]", root);
    this.slider.max = String(Math.ceil(replay.length));
    this.slider.addEventListener("input", () => this.seek(Number(this.slider.value)));
    must("[data-play]", root).addEventListener("click", () => this.toggle());
    must("[data-before]", root).addEventListener("click", () => this.jump([...this.tries].reverse().find(([at]) => at < this.at - 0.5)?.[0] ?? 0));
    must("[data-after]", root).addEventListener("click", () => this.jump(this.tries.find(([at]) => at > this.at + 0.5)?.[0] ?? replay.length));
    this.list();
    this.seek(0);
    for (const part of all<HTMLButtonElement | HTMLInputElement>("[disabled]", root)) part.disabled = false;
  }

  private list(): void {
    const list = must("[data-tries]", this.root);
    for (const mark of this.tries) {
      const button = make("button", { class: "linkbtn", type: "button" }, `${clock(mark[0])} Task ${letter(mark[1])}, ${say(mark)}`);
      button.addEventListener("click", () => this.jump(mark[0]));
      const item = make("li");
      item.append(button);
      list.append(item);
    }
    must("[data-tries-box]", this.root).hidden = !this.tries.length;
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
    this.slider.setAttribute("aria-valuetext", clock(this.at));
    must("[data-clock-words]", this.root).textContent = clock(this.at);
    const cursor = find("[data-cursor]");
    if (cursor) {
      const [left, right] = [Number(cursor.dataset["left"]), Number(cursor.dataset["right"])];
      const x = String(left + ((right - left) * this.at) / Math.max(1, this.replay.length));
      cursor.setAttribute("x1", x);
      cursor.setAttribute("x2", x);
    }
    const mark = this.timer ? undefined : this.tries.find((one) => Math.abs(one[0] - this.at) < 0.01);
    if (mark) this.showTry(mark);
    else this.showMoment();
  }

  /** The text at this moment, with what was typed last marked in it. */
  private showMoment(): void {
    const { edits, looks, marks } = this.replay;
    const done = upTo(edits, this.at);
    const last = edits[done - 1];
    const look = looks[upTo(looks, this.at) - 1];
    const task = look?.[1] || last?.[1] || 1;
    const own = last && last[1] === task ? last : undefined;
    const name = own ? own[2] : this.nameOf(task);
    const after = this.tape.files(done, task, name);
    const before = own ? this.tape.files(done - 1, task, name) : after;
    const path = changedFile(before, after) ?? [...after.keys()][0] ?? "";
    const text = after.get(path) ?? "";
    const [from, tail] = own ? commonEnds(before.get(path) ?? "", text) : [0, text.length];
    const to = text.length - tail;
    const start = text.length > 2 * AROUND ? Math.max(0, text.lastIndexOf("\n", Math.max(0, from - AROUND))) : 0;
    const mark = make("mark", {}, text.slice(from, to));
    const box = make("pre", { class: "code", tabindex: "0", role: "region", "aria-label": "The text at this moment" });
    box.append(text.slice(start, from), mark, text.slice(to, start + 2 * AROUND));
    this.put(box);
    if (own) box.scrollTop = Math.max(0, mark.offsetTop - box.offsetTop - box.clientHeight / 2);
    const seen = look && !look[1] ? "The room was out of sight." : `Task ${letter(task)}${name in this.names ? `, ${this.names[name]}` : ""}${path ? `, ${path}` : ""}.`;
    const recent = marks[upTo(marks, this.at) - 1];
    this.tell(recent && this.at - recent[0] < RECENT ? `${seen} ${clock(recent[0])} ${say(recent)}.` : seen);
  }

  /** What a run or a submission changed, against the try before it or the text that was given. */
  private showTry(mark: Mark): void {
    const [at, task] = mark;
    const earlier = this.tries.filter((one) => one[1] === task && one[0] < at).at(-1);
    const name = this.nameOf(task, at + LAG);
    const after = this.filesAt(at + LAG, task, name);
    const before = earlier ? this.filesAt(earlier[0] + LAG, task, name) : this.tape.files(0, task, name);
    const box = make("div", { class: "udiff", tabindex: "0", role: "region", "aria-label": "What this try changed" });
    for (const path of new Set([...after.keys(), ...before.keys()])) {
      const lines = changedLines(before.get(path) ?? "", after.get(path) ?? "");
      if (lines.length && path) box.append(make("div", { class: "hunk" }, path));
      for (const line of lines) box.append(make("div", line.mark ? { class: line.mark } : {}, line.text || " "));
    }
    const since = earlier ? `the try at ${clock(earlier[0])}` : "the beginning";
    this.put(box.childElementCount ? box : make("p", { class: "sm muted" }, `Nothing has changed since ${since}.`));
    this.tell(`Task ${letter(task)}, ${say(mark)}. What changed since ${since}:`);
  }

  private filesAt(at: number, task: number, name: string): Files {
    return this.tape.files(upTo(this.replay.edits, at), task, name);
  }

  /** What was typed in for a task: before a moment the last of its answers, else the first. */
  private nameOf(task: number, at = Infinity): string {
    const known = this.replay.texts.filter((text) => text.task === task).map((text) => text.name);
    const used = this.replay.edits.slice(0, upTo(this.replay.edits, at)).filter((edit) => edit[1] === task && known.includes(edit[2]));
    return used.at(-1)?.[2] ?? known[0] ?? "words";
  }

  private put(box: HTMLElement): void {
    must("[data-text]", this.root).replaceChildren(box);
  }

  private tell(words: string): void {
    const place = must("[data-event]", this.root);
    if (place.textContent !== words) place.textContent = words;
  }
}

function say([, , what, said]: Mark): string {
  return (TRIES[what] ?? `${said} begun`) + (said && what in TRIES ? `, ${said}` : "");
}

function letter(task: number): string {
  return String.fromCharCode(64 + task);
}

function clock(seconds: number): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${two(Math.floor(seconds / 60))}:${two(Math.floor(seconds % 60))}`;
}

interface Wave {
  phase: string;
  sent: number;
  waiting: number;
  ahead: number;
}

/** While submissions wait: how many are judged, until all are. */
async function follow(box: HTMLElement): Promise<void> {
  const bar = must<HTMLProgressElement>("progress", box);
  for (let closed = false; ; ) {
    await new Promise((resolve) => window.setTimeout(resolve, WAVE_MS));
    try {
      const wave = await getJson<Wave>(box.dataset["wave"] ?? "");
      // The bell's own submissions come when somebody has rung it: one look more shows them all.
      if (!wave.waiting && closed) return location.reload();
      closed = !wave.waiting;
      bar.max = wave.sent || 1;
      bar.value = wave.sent - wave.waiting;
      if (wave.waiting) must("h1").textContent = `${wave.sent - wave.waiting} of ${wave.sent} submissions are judged`;
      const others = wave.ahead === 1 ? "1 submission of others comes" : `${wave.ahead} submissions of others come`;
      const words = wave.ahead ? `${others} first.` : "";
      const place = must("[data-wave-words]", box);
      if (place.textContent !== words) place.textContent = words;
    } catch {
      // The line is down: the next look tells.
    }
  }
}

/** A long replay comes in pages. */
async function wholeReplay(url: string): Promise<Replay> {
  const whole = await getJson<Replay>(url);
  let next = whole.next;
  while (next) {
    const page = await getJson<Replay>(next);
    whole.edits = whole.edits.concat(page.edits);
    whole.looks = whole.looks.concat(page.looks);
    whole.marks = whole.marks.concat(page.marks);
    next = page.next;
  }
  return whole;
}

const wave = find("[data-wave]");
if (wave) void follow(wave);

const mine = find("[data-leftovers]");
if (mine) {
  const { owner, interview, leftovers } = mine.dataset;
  void sendLeftovers(owner ?? "", interview ?? "", leftovers ?? "").then((sent) => sent && location.reload());
}

const root = find("[data-replay]");
if (root) {
  wholeReplay(root.dataset["replay"] ?? "")
    .then((replay) => new Player(root, replay))
    .catch((error: Error) => (must("[data-event]", root).textContent = error.message));
}

/** Paper unfolds nothing: all of the report is open while it is printed. */
let folded: HTMLDetailsElement[] = [];
window.addEventListener("beforeprint", () => {
  folded = all<HTMLDetailsElement>("main details:not([open])");
  for (const part of folded) part.open = true;
});
window.addEventListener("afterprint", () => {
  for (const part of folded) part.open = false;
  folded = [];
});
