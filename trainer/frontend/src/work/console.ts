// The request console: the student's service runs while it is tried out, with its log live beside the answers.

import { find, must } from "../lib/dom";
import { getJson, Offline, Refused, send } from "../lib/http";
import { recall, remember } from "../lib/store";
import { selectById } from "../lib/tabs";
import { toast } from "../lib/toast";

interface State {
  running: boolean;
  log: string;
  end: number;
  why: string;
}
interface Exchange {
  status: number;
  headers: [string, string][];
  body: string;
  ms: number;
  note: string;
}
interface Request {
  method: string;
  path: string;
  headers: string;
  body: string;
}

const LOOK_MS = 1000;
const MOST_SAVED = 30;

export class Console {
  private id = "";
  private end = 0;
  private timer = 0;
  private busy = false;
  private looks = Promise.resolve();
  private readonly method: HTMLSelectElement;
  private readonly path: HTMLInputElement;
  private readonly headers: HTMLTextAreaElement;
  private readonly body: HTMLTextAreaElement;
  private readonly saved: HTMLSelectElement;
  private readonly startButton: HTMLElement;
  private readonly stopButton: HTMLElement;
  private readonly sendButton: HTMLElement;

  constructor(
    private readonly work: HTMLElement,
    private readonly pane: HTMLElement,
    private readonly source: () => string,
  ) {
    this.method = must("#req-method", pane);
    this.path = must("#req-path", pane);
    this.headers = must("#req-headers", pane);
    this.body = must("#req-body", pane);
    this.saved = must("[data-saved-requests]", pane);
    this.startButton = must("[data-console-start]", pane);
    this.stopButton = must("[data-console-stop]", pane);
    this.sendButton = must("[data-send]", pane);
    this.startButton.addEventListener("click", () => void this.start());
    this.stopButton.addEventListener("click", () => void this.stop());
    must<HTMLFormElement>("[data-request]", pane).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    this.listenToSaved();
    window.addEventListener("pagehide", () => this.id && void send("DELETE", this.url(), {}).catch(() => undefined));
  }

  private async start(): Promise<void> {
    if (this.busy) return;
    this.begin("starting");
    selectById("tab-console");
    selectById("tab-log");
    try {
      const began = performance.now();
      const answer = await send<{ id: string; state: State }>("POST", this.work.dataset["console"] ?? "", { source: this.source() });
      this.id = answer.id;
      this.end = 0;
      this.log("", true);
      this.take(answer.state);
      if (answer.state.running) this.say(`running, ready in ${((performance.now() - began) / 1000).toFixed(1)}\u00a0s`, "ac");
      this.look();
    } catch (error) {
      this.gone(words(error));
    } finally {
      this.rest();
    }
  }

  private async stop(): Promise<void> {
    const url = this.url();
    this.gone("stopped");
    await send("DELETE", url, {}).catch(() => undefined);
  }

  private async send(): Promise<void> {
    if (this.busy || !this.id) return;
    this.busy = true;
    this.sendButton.setAttribute("aria-disabled", "true");
    selectById("tab-answer");
    const status = must("[data-answer-status]", this.pane);
    try {
      const answer = await send<{ exchange: Exchange | null; reason: string }>("POST", `${this.url()}/requests`, this.request());
      const one = answer.exchange;
      status.textContent = one?.status ? `${one.status} · ${one.ms}\u00a0ms` : "no answer";
      status.className = one?.status && one.status < 400 ? "num good" : "num";
      const headers = (one?.headers ?? []).map(([name, text]) => `${name}: ${text}`).join("\n");
      this.answer(one?.status ? `${headers}\n\n${one.body}` : one?.note || answer.reason);
    } catch (error) {
      status.textContent = "";
      this.answer(words(error));
      if (error instanceof Refused && error.status === 404) this.gone("not there any more");
    } finally {
      this.rest();
      void this.poll();
    }
  }

  /** The log comes every second, as long as the page is looked at. */
  private look(): void {
    window.clearTimeout(this.timer);
    if (this.id) this.timer = window.setTimeout(() => void this.poll().then(() => this.look()), LOOK_MS);
  }

  /** One look after the other: two that begin at the same place of the log would print its lines twice. */
  private poll(): Promise<void> {
    this.looks = this.looks.then(() => this.lookOnce());
    return this.looks;
  }

  private async lookOnce(): Promise<void> {
    const id = this.id;
    if (!id || document.hidden) return;
    try {
      const state = await getJson<State>(`${this.url()}?since=${this.end}`);
      if (this.id === id) this.take(state);
    } catch (error) {
      if (this.id === id && error instanceof Refused && error.status === 404) this.gone("not there any more");
    }
  }

  private take(state: State): void {
    this.end = state.end;
    this.log(state.log, false);
    if (state.why) selectById("tab-log");
    if (state.why) this.say(state.why, "wa");
    else if (!state.running) this.say("ended by itself", "wa");
  }

  private log(text: string, anew: boolean): void {
    const place = must("[data-log]", this.pane);
    const atEnd = place.scrollHeight - place.scrollTop - place.clientHeight < 40;
    if (anew) place.textContent = "";
    if (text) place.append(text);
    if (atEnd) place.scrollTop = place.scrollHeight;
  }

  private gone(why: string): void {
    window.clearTimeout(this.timer);
    this.id = "";
    this.say(why, "");
    this.rest();
  }

  private begin(words: string): void {
    this.busy = true;
    this.startButton.setAttribute("aria-disabled", "true");
    this.say(words, "");
  }

  private rest(): void {
    this.busy = false;
    this.startButton.setAttribute("aria-disabled", "false");
    must("[data-words]", this.startButton).textContent = this.id ? "Restart" : "Start";
    this.stopButton.hidden = !this.id;
    this.sendButton.setAttribute("aria-disabled", String(!this.id));
    this.sendButton.title = this.id ? "" : "Start your service first";
  }

  private say(words: string, css: string): void {
    const badge = must("[data-console-state]", this.pane);
    badge.textContent = words;
    badge.className = `badge plain ${css && `is-${css}`}`;
  }

  private answer(text: string): void {
    must("[data-answer]", this.pane).textContent = text;
  }

  private url(): string {
    return (this.work.dataset["consoles"] ?? "").replace("ID", encodeURIComponent(this.id));
  }

  private request(): Request {
    return { method: this.method.value, path: this.path.value, headers: this.headers.value, body: this.body.value };
  }

  // requests that are kept on this device, for this problem

  private get key(): string {
    return `requests:${this.work.dataset["owner"] ?? ""}:${this.work.dataset["problem"] ?? ""}`;
  }

  private kept(): Request[] {
    try {
      return JSON.parse(recall(this.key) ?? "[]") as Request[];
    } catch {
      return [];
    }
  }

  private keep(requests: Request[]): void {
    remember(this.key, JSON.stringify(requests.slice(-MOST_SAVED)));
    this.drawSaved();
  }

  private drawSaved(): void {
    const options = this.kept().map((one, at) => new Option(`${one.method} ${one.path}`, String(at)));
    this.saved.replaceChildren(new Option("Saved requests", ""), ...options);
    this.saved.hidden = options.length === 0;
    must("[data-forget-request]", this.pane).hidden = true;
  }

  private listenToSaved(): void {
    this.drawSaved();
    must("[data-save-request]", this.pane).addEventListener("click", () => {
      this.keep([...this.kept(), this.request()]);
      toast("Request saved on this device.");
    });
    this.saved.addEventListener("change", () => {
      const one = this.kept()[Number(this.saved.value)];
      must("[data-forget-request]", this.pane).hidden = !this.saved.value;
      if (!this.saved.value || !one) return;
      this.method.value = one.method;
      this.path.value = one.path;
      this.headers.value = one.headers;
      this.body.value = one.body;
    });
    must("[data-forget-request]", this.pane).addEventListener("click", () => {
      const before = this.kept();
      this.keep(before.filter((_, at) => String(at) !== this.saved.value));
      toast("Request forgotten.", () => this.keep(before));
    });
    find("#req-path", this.pane)?.addEventListener("focus", () => this.path.select());
  }
}

function words(error: unknown): string {
  return error instanceof Offline ? "The line is down. Try again when it is back." : String((error as Error).message);
}
