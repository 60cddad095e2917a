// What was recorded of an interview, and the texts as they were at any moment of it.

export type Edit = [at: number, task: number, name: string, from: number, to: number, text: string];
export type Mark = [at: number, task: number, what: string, said: string];

export interface Replay {
  length: number;
  texts: { task: number; name: string; text: string }[];
  questions: { task: number; name: string; heading: string; choices: Record<string, string> }[];
  edits: Edit[];
  looks: [at: number, task: number][];
  marks: Mark[];
  /** Where the next page is; null in the last one. */
  next: string | null;
}

/** A text as one reads it: its files by path, or one without a path. */
export type Files = Map<string, string>;

const KEY_EVERY = 200;

/** All texts after so many edits. Every 200th state is kept, so that any moment is at most 200 edits away. */
export class Tape {
  private readonly keys: Map<string, string>[] = [];

  constructor(readonly replay: Replay) {
    const state = new Map(replay.texts.map((text) => [`${text.task} ${text.name}`, text.text]));
    replay.edits.forEach((edit, number) => {
      if (number % KEY_EVERY === 0) this.keys.push(new Map(state));
      put(state, edit);
    });
    if (!this.keys.length) this.keys.push(state);
  }

  /** A text when `count` edits are done. */
  text(count: number, task: number, name: string): string {
    const key = Math.min(Math.floor(count / KEY_EVERY), this.keys.length - 1);
    const place = `${task} ${name}`;
    const state = new Map([[place, this.keys[key]?.get(place) ?? ""]]);
    for (const edit of this.replay.edits.slice(key * KEY_EVERY, count)) if (edit[1] === task && edit[2] === name) put(state, edit);
    return state.get(place) ?? "";
  }

  /** A text as one reads it, when `count` edits are done. */
  files(count: number, task: number, name: string): Files {
    const text = this.text(count, task, name);
    if (name === "files") return parsed<string>(text, (all) => new Map(Object.entries(all)));
    if (name === "answers") return parsed<unknown>(text, (all) => new Map([["", this.answers(task, all)]]));
    return new Map([["", text]]);
  }

  private answers(task: number, given: Record<string, unknown>): string {
    return this.replay.questions
      .filter((question) => question.task === task)
      .map((question, number) => `${number + 1}. ${question.heading}\n${answer(given[question.name], question.choices)}`)
      .join("\n");
  }
}

function put(state: Map<string, string>, [, task, name, from, to, text]: Edit): void {
  const before = state.get(`${task} ${name}`) ?? "";
  state.set(`${task} ${name}`, before.slice(0, from) + text + before.slice(to));
}

function parsed<T>(text: string, read: (all: Record<string, T>) => Files): Files {
  try {
    const all = JSON.parse(text) as unknown;
    if (all && typeof all === "object" && !Array.isArray(all)) return read(all as Record<string, T>);
  } catch {
    // half a document: shown as it is
  }
  return new Map([["", text]]);
}

function answer(given: unknown, choices: Record<string, string>): string {
  const word = (id: unknown): string => choices[String(id)] ?? String(id);
  if (given === undefined || given === null || given === "") return "   not answered\n";
  if (Array.isArray(given)) return given.map((id) => `   - ${word(id)}\n`).join("");
  if (typeof given === "object") return Object.entries(given).map(([left, right]) => `   ${word(left)} → ${word(right)}\n`).join("");
  return `   ${word(given)}\n`;
}

/** The path of the file in which two states differ, or undefined. */
export function changedFile(before: Files, after: Files): string | undefined {
  return [...after.keys()].find((path) => before.get(path) !== after.get(path));
}

/** How many rows, sorted by their first value, lie at or before a moment. */
export function upTo(rows: readonly (readonly [number, ...unknown[]])[], at: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.[0] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
