// What is typed and not saved yet, on this device: each tab has its own, so that none overwrites or forgets another's.
// A text stays until its tab has saved it, or somebody has taken or dropped it.

import { forget, keysFrom, recall, remember } from "../lib/store";

/** So long the other tabs have to say that they are open. */
const ANSWER_MS = 1000;
const TAB = "tab";
const MOST_SENT = 4;

export interface Text {
  source: string;
  /** The revision that was edited. */
  base: number;
  at: string;
  /** Signs of texts that were sent from here and whose answers never came: the server may have them. */
  sent?: string[];
}

/** A text that a tab has left here which is not open any more. */
export interface Left extends Text {
  key: string;
}

type Message = { asks: string } | { open: string };

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel("kept texts") : null;
const here: Kept[] = [];
const heard = new Set<string>();

channel?.addEventListener("message", (event: MessageEvent<Message>) => {
  const message = event.data;
  if ("open" in message) heard.add(message.open);
  else for (const kept of here) if (kept.place === message.asks) channel.postMessage({ open: kept.key });
});

let tab = "";

/** This tab's name, also after a reload. */
function thisTab(): string {
  if (tab) return tab;
  try {
    tab = sessionStorage.getItem(TAB) ?? "";
  } catch {
    // Forbidden: the name lasts as long as the page.
  }
  return tab || renamed();
}

function fresh(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (part) => part.toString(36)).join("");
}

function renamed(): string {
  tab = fresh();
  try {
    sessionStorage.setItem(TAB, tab);
  } catch {
    // As above.
  }
  return tab;
}

export class Kept {
  /** `place` is what is typed there: draft:OWNER:PROBLEM:LANGUAGE. */
  constructor(readonly place: string) {
    here.push(this);
  }

  get key(): string {
    return `${this.place}:${thisTab()}`;
  }

  read(): Text | null {
    return parsed(recall(this.key));
  }

  write(text: Text): void {
    remember(this.key, JSON.stringify(text));
  }

  forget(): void {
    forget(this.key);
  }

  /** What this tab kept becomes a text as closed tabs leave them: it is offered, and stays until it is taken or dropped. */
  setAside(): void {
    const text = recall(this.key);
    if (text === null) return;
    remember(`${this.place}:${fresh()}`, text);
    this.forget();
  }

  /** A text that a closed tab left was saved, taken or dropped. If it has changed meanwhile, the tab is open after all. */
  drop(left: Left): void {
    if (parsed(recall(left.key))?.at === left.at) forget(left.key);
  }

  /** What tabs have left in this place that are closed, the newest first. A tab that answers is not. */
  async left(): Promise<Left[]> {
    const [own, known] = [this.key, this.others()];
    if (!channel) return texts(known);
    channel.postMessage({ asks: this.place });
    await new Promise((resolve) => window.setTimeout(resolve, ANSWER_MS));
    // A tab that was duplicated has the other one's name.
    if (heard.has(own) && own === this.key) renamed();
    return texts(known.filter((key) => !heard.has(key)));
  }

  /** Keys of the same place, also those without a tab, which an earlier release wrote. */
  private others(): string[] {
    return keysFrom(this.place).filter((key) => key !== this.key && (key === this.place || key.startsWith(`${this.place}:`)));
  }
}

function texts(keys: string[]): Left[] {
  const found: Left[] = [];
  for (const key of keys) {
    const text = parsed(recall(key));
    if (text) found.push({ ...text, key });
  }
  return found.sort((a, b) => b.at.localeCompare(a.at));
}

/** A text as it was kept. What is no text of ours is none. */
export function parsed(found: string | null): Text | null {
  try {
    const text = JSON.parse(found ?? "null") as Partial<Text> | null;
    if (typeof text?.source !== "string") return null;
    return { source: text.source, base: Number(text.base) || 0, at: String(text.at ?? ""), sent: text.sent ?? [] };
  } catch {
    return null;
  }
}

/** Signs with one more: the last ones only, because one request at a time is under way. */
export function withSign(sent: string[], source: string): string[] {
  return [...sent.filter((one) => one !== sign(source)), sign(source)].slice(-MOST_SENT);
}

/** A short name of a text: its length and 53 bits that depend on each of its characters. */
export function sign(text: string): string {
  let [high, low] = [0xdeadbeef, 0x41c6ce57];
  for (let n = 0; n < text.length; n++) {
    const code = text.charCodeAt(n);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return `${text.length}.${(4294967296 * (2097151 & low) + (high >>> 0)).toString(36)}`;
}
