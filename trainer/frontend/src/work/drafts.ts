// Drafts: what is typed goes to the server every few seconds and stays on this device until it has arrived.
// A newer draft from elsewhere is offered, never taken by itself, and never overwritten unasked.

import { make } from "../lib/dom";
import { getJson, Offline, Refused, send } from "../lib/http";
import type { Answer } from "./answer";
import { device, wording } from "./draft_words";
import { Kept, type Left, sign, withSign } from "./kept";
import { EARLIER, LEFT, NEWER, offered } from "./offer";
import { Place } from "./place";
import { typed } from "./typed";

const PAUSE_MS = 2000;
const RETRY_MS = 5000;
/** Who types without a pause is saved all the same: the server is never more than this behind. */
const BEHIND_MS = 3500;
/** So long, at most, a page that is about to leave waits for its drafts. */
const LEAVE_MS = 5000;
/** Told to the document: an interview's end, as the answer to a saved text said it. */
export const BELL = "bell";
const here: Drafts[] = [];

/** Send what is unsaved on this page, at once. */
export function saveAll(): void {
  for (const drafts of here) void drafts.save();
}

/** Returns when everything on this page is on the server, or cannot come there now. */
export async function savedAll(): Promise<void> {
  const late = new Promise((resolve) => window.setTimeout(resolve, LEAVE_MS));
  await Promise.race([Promise.all(here.map((drafts) => drafts.save())), late]);
}

/** The page leaves for good: everything goes to the server, also what waits for a choice. */
export async function handOverAll(): Promise<void> {
  const late = new Promise((resolve) => window.setTimeout(resolve, LEAVE_MS));
  await Promise.race([Promise.all(here.map((drafts) => drafts.handOver())), late]);
}

interface Saved {
  revision: number;
  saved_at: string;
  /** It came after an interview's end: kept, and never scored. */
  late?: boolean;
  /** When the interview ends, as the server knows it now. */
  bell_at?: string;
}
export interface Newer extends Saved {
  source: string;
  device: string;
}
export class Drafts {
  private revision: number;
  /** What the server has; null where it is not what the page says, and nobody has sent that yet. */
  private saved: string | null;
  private timer = 0;
  private since = 0;
  private savedAt = "";
  private sending: Promise<void> | null = null;
  private newer: Newer | null = null;
  /** Signs of texts that were sent and not answered: a newer draft that is one of them is this tab's own. */
  private sent: string[] = [];
  private readonly kept: Kept;
  private readonly place: Place;
  offline = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly text: Answer,
    private readonly onLine: (offline: boolean) => void,
    /** Was something entered before this? */
    early: boolean,
  ) {
    this.place = new Place(box);
    this.revision = Number(box.dataset["revision"] ?? 0);
    this.saved = early ? null : text.source;
    this.savedAt = box.dataset["savedAt"] ?? "";
    /** Of this account, problem and language: nobody else's text turns up here. */
    this.kept = new Kept(`draft:${box.dataset["owner"] ?? "guest"}:${box.dataset["problem"] ?? ""}:${this.language}`);
    typed.set(this.language, () => text.source);
    if (early) {
      this.kept.setAside();
      this.changed();
    } else this.restore();
    if ((early || text.source === this.saved) && !this.newer) this.offerKept();
    void this.kept.left().then((found) => this.goOn(found));
    window.addEventListener("online", () => void this.save());
    window.addEventListener("offline", () => this.setOffline(true));
    document.addEventListener("visibilitychange", () => void (document.hidden ? this.save() : this.look()));
    here.push(this);
    window.addEventListener("pagehide", () => void this.save());
  }

  private get url(): string {
    return this.box.dataset["draft"] ?? "";
  }

  private get language(): string {
    return this.box.dataset["language"] ?? "";
  }

  /** Something was typed. */
  changed(): void {
    this.keepHere();
    this.say(this.offline ? "offline" : "typing");
    window.clearTimeout(this.timer);
    this.since ||= performance.now();
    const behind = performance.now() - this.since;
    this.timer = window.setTimeout(() => void this.save(), Math.max(0, Math.min(PAUSE_MS, BEHIND_MS - behind)));
  }

  /** Send what is unsaved. One request at a time; what was typed meanwhile follows. */
  async save(force = false): Promise<void> {
    window.clearTimeout(this.timer);
    if (this.sending) await this.sending;
    if (!this.url || (this.newer && !force)) return;
    if (this.text.source === this.saved && !force && !this.offline) return this.say("saved");
    this.sending = this.put(this.text.source, force).finally(() => (this.sending = null));
    await this.sending;
  }

  /** Is everything on the server now, also what waits for a choice? */
  async handOver(): Promise<boolean> {
    if (this.sending) await this.sending;
    if (this.text.source !== this.saved) await this.save(true);
    return this.text.source === this.saved;
  }

  /** Who comes back to this tab may have gone on in another one. Without a newer draft nothing happens. */
  private async look(): Promise<void> {
    if (!this.url || this.newer || this.sending) return;
    const asked = `${this.url}?language=${encodeURIComponent(this.language)}`;
    const latest = await getJson<Newer>(asked).catch(() => null);
    if (!latest || latest.revision <= this.revision || this.sending || this.newer) return;
    this.beaten(latest);
  }

  private async put(source: string, force: boolean): Promise<void> {
    this.say("saving");
    this.since = 0;
    const body = { language: this.language, source, base_revision: this.revision, device: device(), force };
    this.sent = withSign(this.sent, source);
    this.keepHere();
    try {
      const answer = await send<Saved>("PUT", this.url, body);
      this.revision = answer.revision;
      this.saved = source;
      this.arrived(answer);
    } catch (error) {
      this.failed(error);
    }
  }

  private arrived(answer: Saved): void {
    if (answer.bell_at) document.dispatchEvent(new CustomEvent(BELL, { detail: answer.bell_at }));
    this.sent = [];
    this.newer = null;
    if (this.text.source === this.saved) this.kept.forget();
    else {
      this.keepHere();
      this.timer = window.setTimeout(() => void this.save(), PAUSE_MS);
    }
    this.setOffline(false);
    this.place.clearNote("newer");
    this.savedAt = answer.saved_at;
    if (answer.late) this.say("late", "Kept, after time");
    else this.say("saved");
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.status === 409 && error.body["newer"]) {
      this.beaten(error.body["newer"] as Newer);
    } else if (error instanceof Refused && error.status < 500 && error.status !== 429) {
      this.say("refused", error.message);
    } else {
      if (error instanceof Offline) this.setOffline(true);
      this.say("offline");
      this.timer = window.setTimeout(() => void this.save(), RETRY_MS);
    }
  }

  /** The server has a newer draft. One that was sent from here is no other: its answer never came, or came to an earlier page. */
  private beaten(newer: Newer): void {
    if (newer.source !== this.text.source && !this.sent.includes(sign(newer.source))) return this.offer(newer);
    this.revision = newer.revision;
    this.saved = newer.source;
    this.savedAt = newer.saved_at;
    this.timer = window.setTimeout(() => void this.save());
  }

  private keepHere(): void {
    const at = new Date().toISOString();
    this.kept.write({ source: this.text.source, base: this.revision, at, sent: this.sent });
  }

  /** What this tab kept and could not send before the page was left. */
  private restore(): void {
    const local = this.kept.read();
    if (!local) return;
    if (local.source === this.text.source) return this.kept.forget();
    this.sent = local.sent ?? [];
    if (this.follows(local)) return this.use(local.source);
    const newer = { revision: this.revision, source: this.text.source, saved_at: this.box.dataset["savedAt"] ?? "", device: "" };
    this.text.source = local.source;
    this.offer(newer);
  }

  /** Was this text made of what the server has, or of something that it got from here? */
  private follows(text: { base: number; sent?: string[] }): boolean {
    return !this.url || text.base === this.revision || (text.sent ?? []).includes(sign(this.saved ?? ""));
  }

  private use(source: string): void {
    this.text.source = source;
    if (this.url) this.changed();
    else this.keepHere();
  }

  /** Texts that closed tabs left here: who has typed nothing goes on with the newest one, the others are offered. */
  private goOn(found: Left[]): void {
    const [first, ...others] = found.filter((one) => !this.isKnown(one));
    if (!first) return;
    const untouched = this.text.source === this.saved && !this.newer;
    if (!untouched || !this.follows(first)) return this.offerLeft([first, ...others]);
    this.sent = first.sent ?? [];
    this.use(first.source);
    this.kept.drop(first);
    this.offerLeft(others);
  }

  /** A text that stands here anyway needs no place of its own. */
  private isKnown(left: Left): boolean {
    const known = left.source === this.text.source || (this.url !== "" && left.source === this.saved);
    if (known) this.kept.drop(left);
    return known;
  }

  private offerLeft([first, ...others]: Left[]): void {
    this.place.clearNote("left");
    if (!first) return;
    const chosen = () => {
      this.kept.drop(first);
      this.offerLeft(others);
    };
    const take = () => {
      this.use(first.source);
      chosen();
    };
    this.place.note("left", "info", "info", offered(this.text, { source: first.source, at: first.at, device: "", take, keep: chosen }, LEFT));
  }

  /** The page shows an earlier try; the draft waits beside it. */
  private offerKept(): void {
    const source = this.box.dataset["kept"];
    if (!source) return;
    this.offer({ revision: this.revision, source, saved_at: this.box.dataset["savedAt"] ?? "", device: "" }, EARLIER);
  }

  private offer(newer: Newer, said = NEWER): void {
    this.newer = newer;
    if (said === NEWER) this.say("waiting");
    const choice = { source: newer.source, at: newer.saved_at, device: newer.device, take: () => this.take(newer), keep: () => this.keepMine(newer) };
    this.place.note("newer", "info", "info", offered(this.text, choice, said));
  }

  /** The latest draft is this one, and stands here. */
  take(newer: Newer): void {
    this.newer = null;
    this.sent = [];
    this.revision = newer.revision;
    this.saved = newer.source;
    this.text.source = newer.source;
    this.savedAt = newer.saved_at;
    this.place.clearNote("newer");
    this.kept.forget();
    this.say("saved");
  }

  private keepMine(newer: Newer): void {
    this.revision = newer.revision;
    void this.save(true);
  }

  private setOffline(offline: boolean): void {
    if (this.offline === offline) return;
    this.offline = offline;
    this.onLine(offline);
    if (!offline) return this.place.clearNote("offline");
    const words = make("span", {}, make("b", { class: "med" }, "Offline."), " You can go on typing. Drafts are kept here and sent when you are back online.");
    this.place.note("offline", "due", "je", words);
    this.timer = window.setTimeout(() => void this.save(), RETRY_MS);
  }

  private say(state: string, words = ""): void {
    this.place.say(state, words || wording(state, this.savedAt, this.url !== ""));
  }
}
