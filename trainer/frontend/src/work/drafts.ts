// Drafts: what is typed goes to the server every few seconds and stays on this device until it has arrived.
// A newer draft from elsewhere is offered, never taken by itself, and never overwritten unasked.

import { differenceBox } from "../lib/difference";
import { show } from "../lib/dialog";
import { all, icon, make } from "../lib/dom";
import { Offline, Refused, send } from "../lib/http";
import { forget, recall, remember } from "../lib/store";
import { clock } from "../lib/times";
import type { Answer } from "./answer";
import { typed } from "./typed";

const PAUSE_MS = 2000;
const RETRY_MS = 5000;
/** Who types without a pause is saved all the same: the server is never more than this behind. */
const BEHIND_MS = 3500;
/** So long, at most, a page that is about to leave waits for its drafts. */
const LEAVE_MS = 5000;
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
}
interface Newer extends Saved {
  source: string;
  device: string;
}
export interface Local {
  source: string;
  base: number;
  at: string;
}

/** How two texts are told apart, between which somebody chooses. */
interface Said {
  words(from: string, at: string): string;
  both: string;
  key: string;
  take: string;
  keep: string;
}

const NEWER: Said = {
  words: (from, at) => `A newer draft ${from} is here${at}. Yours stays until you choose.`,
  both: "Yours and the newer draft",
  key: "− stands in yours only, + in the newer draft only.",
  take: "Take it",
  keep: "Keep mine",
};
const EARLIER: Said = {
  words: () => "This is an earlier try. Your draft is another one; it stays until you choose.",
  both: "This try and your draft",
  key: "− stands in this try only, + in your draft only.",
  take: "Back to my draft",
  keep: "Go on with this try",
};

export class Drafts {
  private revision: number;
  private saved: string;
  private timer = 0;
  private since = 0;
  private sending: Promise<void> | null = null;
  private newer: Newer | null = null;
  offline = false;

  constructor(
    private readonly box: HTMLElement,
    private readonly text: Answer,
    private readonly onLine: (offline: boolean) => void,
  ) {
    this.revision = Number(box.dataset["revision"] ?? 0);
    this.saved = text.source;
    typed.set(this.language, () => text.source);
    const shown = text.source;
    this.restore();
    if (text.source === shown) this.offerKept();
    window.addEventListener("online", () => void this.save());
    window.addEventListener("offline", () => this.setOffline(true));
    document.addEventListener("visibilitychange", () => document.hidden && void this.save());
    here.push(this);
    window.addEventListener("pagehide", () => void this.save());
  }

  private get url(): string {
    return this.box.dataset["draft"] ?? "";
  }

  private get language(): string {
    return this.box.dataset["language"] ?? "";
  }

  /** Of this account, problem and language: nobody else's text turns up here. */
  private get key(): string {
    return `draft:${this.box.dataset["owner"] ?? "guest"}:${this.box.dataset["problem"] ?? ""}:${this.language}`;
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

  async handOver(): Promise<void> {
    if (this.sending) await this.sending;
    if (this.text.source !== this.saved) await this.save(true);
  }

  private async put(source: string, force: boolean): Promise<void> {
    this.say("saving");
    this.since = 0;
    const body = { language: this.language, source, base_revision: this.revision, device: device(), force };
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
    if (this.text.source === this.saved) forget(this.key);
    else this.timer = window.setTimeout(() => void this.save(), PAUSE_MS);
    this.newer = null;
    this.setOffline(false);
    this.clearNote("newer");
    if (answer.late) this.say("late", "", "Kept, after time");
    else this.say("saved", answer.saved_at);
  }

  private failed(error: unknown): void {
    if (error instanceof Refused && error.status === 409 && error.body["newer"]) {
      this.offer(error.body["newer"] as Newer);
    } else if (error instanceof Refused && error.status < 500 && error.status !== 429) {
      this.say("refused", "", error.message);
    } else {
      if (error instanceof Offline) this.setOffline(true);
      this.say("offline");
      this.timer = window.setTimeout(() => void this.save(), RETRY_MS);
    }
  }

  private keepHere(): void {
    const local: Local = { source: this.text.source, base: this.revision, at: new Date().toISOString() };
    remember(this.key, JSON.stringify(local));
  }

  /** What this device kept and could not send before the page was left. */
  private restore(): void {
    const found = recall(this.key);
    if (!found) return;
    const local = JSON.parse(found) as Local;
    if (local.source === this.text.source) return forget(this.key);
    if (local.base === this.revision || !this.url) {
      this.text.source = local.source;
      if (this.url) this.changed();
      return;
    }
    const newer: Newer = {
      revision: this.revision,
      source: this.text.source,
      saved_at: this.box.dataset["savedAt"] ?? "",
      device: "",
    };
    this.text.source = local.source;
    this.offer(newer);
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
    const at = newer.saved_at ? `, ${clock(new Date(newer.saved_at))}` : "";
    const from = newer.device ? `from ${newer.device}` : "from another tab or device";
    const row = make("div", { class: "row wrap" }, this.compare(newer, said), this.take(newer, said), this.keepMine(newer, said));
    const words = make("div", {}, said.words(from, at), row);
    this.note("newer", "info", "info", words);
  }

  private compare(newer: Newer, said: Said): HTMLElement {
    return button("Compare", () => {
      const read = (source: string) => this.text.words?.(source) ?? source;
      const box = differenceBox(read(this.text.source), read(newer.source), said.both);
      box.classList.toggle("words", this.text.words !== undefined);
      const key = make("p", { class: "xs muted mt2" }, said.key);
      const body = make("div", {}, box, key);
      void show(said.both, body, [this.take(newer, said), this.keepMine(newer, said)]);
    });
  }

  private take(newer: Newer, said: Said): HTMLElement {
    return button(said.take, () => {
      this.newer = null;
      this.revision = newer.revision;
      this.saved = newer.source;
      this.text.source = newer.source;
      this.clearNote("newer");
      forget(this.key);
      this.say("saved", newer.saved_at);
    });
  }

  private keepMine(newer: Newer, said: Said): HTMLElement {
    return button(said.keep, () => {
      this.revision = newer.revision;
      void this.save(true);
    });
  }

  private setOffline(offline: boolean): void {
    if (this.offline === offline) return;
    this.offline = offline;
    this.onLine(offline);
    if (!offline) return this.clearNote("offline");
    const words = make("span", {}, make("b", { class: "med" }, "Offline."), " You can go on typing. Drafts are kept here and sent when the line is back.");
    this.note("offline", "due", "je", words);
    this.timer = window.setTimeout(() => void this.save(), RETRY_MS);
  }

  private note(name: string, sort: string, sign: string, words: HTMLElement): void {
    this.clearNote(name);
    this.mine("[data-notes]")?.append(make("div", { class: `note ${sort}`, "data-note": name }, icon(sign), words));
  }

  private clearNote(name: string): void {
    this.mine(`[data-note=${name}]`)?.remove();
  }

  /** A part of this one's place: not of a smaller box inside it that keeps drafts of its own. */
  private mine(selector: string): HTMLElement | null {
    return all(selector, this.box).find((part) => part.closest("[data-draft]") === this.box) ?? null;
  }

  private say(state: string, savedAt = "", words = ""): void {
    const place = this.mine("[data-saved]");
    if (!place) return;
    const said = words || wording(state, savedAt, this.url !== "");
    if (!said) return;
    place.dataset["state"] = state;
    place.replaceChildren(...(state === "saved" ? [icon("check"), said] : [said]));
  }
}

function wording(state: string, savedAt: string, signedIn: boolean): string {
  if (!signedIn) return "Kept on this device";
  if (state === "saved") return savedAt ? `Saved ${clock(new Date(savedAt))}` : "";
  return { saving: "Saving", typing: "Not saved yet", offline: "Kept on this device", waiting: "Kept on this device" }[state] ?? "";
}

function button(text: string, react: () => void): HTMLButtonElement {
  const made = make("button", { class: "btn", type: "button" }, text);
  made.addEventListener("click", react);
  return made;
}

/** What the reader of "a newer draft from …" recognises: Chrome on Linux. */
export function device(): string {
  const agent = navigator.userAgent;
  const known = (names: [string, string][]) => names.find(([sign]) => agent.includes(sign))?.[1] ?? "";
  const browser = known([["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]]);
  const system = known([["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Mac OS", "Mac"], ["Windows", "Windows"], ["Linux", "Linux"]]);
  return [browser, system].filter(Boolean).join(" on ");
}
