// The request console: the student's service runs while it is tried out, with its log live beside the answers.

import { delegate, find, make, must } from "../lib/dom";
import { getJson, Offline, Refused, send } from "../lib/http";
import { recall, remember } from "../lib/store";
import { selectById } from "../lib/tabs";
import { toast } from "../lib/toast";
import { showPane } from "./panes";

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
const MOST_SENT = 10;
const NEAR_PX = 40;

export class Console {
  private id = "";
  private end = 0;
  private timer = 0;
  private busy = false;
  private looks = Promise.resolve();
  private sent: Request[] = [];
  private follows = true;
  private readonly method: HTMLSelectElement;
  private readonly path: HTMLInputElement;
  private readonly headers: HTMLTextAreaElement;
  private readonly body: HTMLTextAreaElement;
  private readonly earlier: HTMLSelectElement;
  private readonly startButton: HTMLElement;
  private readonly stopButton: HTMLElement;
  private readonly sendButton: HTMLElement;
  private readonly log: HTMLElement;

  constructor(
    private readonly work: HTMLElement,
    private readonly pane: HTMLElement,
    private readonly source: () => string,
  ) {
    this.method = must("#req-method", pane);
    this.path = must("#req-path", pane);
    this.headers = must("#req-headers", pane);
    this.body = must("#req-body", pane);
    this.earlier = must("[data-earlier-requests]", pane);
    this.startButton = must("[data-console-start]", pane);
    this.stopButton = must("[data-console-stop]", pane);
    this.sendButton = must("[data-send]", pane);
    this.log = must("[data-log]", pane);
    this.startButton.addEventListener("click", () => void this.start());
    this.stopButton.addEventListener("click", () => void this.stop());
    must<HTMLFormElement>("[data-request]", pane).addEventListener("submit", (event) => {
      event.preventDefault();
      void this.send();
    });
    delegate("click", "[data-resend]", (button) => void this.sendAgain(JSON.parse(button.dataset["resend"] ?? "") as Request));
    this.log.addEventListener("scroll", () => (this.follows = this.isAtEnd()));
    pane.addEventListener("tabchosen", () => this.follow());
    this.listenToEarlier();
    window.addEventListener("pagehide", () => this.id && void send("DELETE", this.url(), {}).catch(() => undefined));
  }

  /** True where the service runs. */
  private async start(): Promise<boolean> {
    if (this.busy) return false;
    this.begin("starting");
    selectById("tab-console");
    selectById("tab-log");
    try {
      const began = performance.now();
      const answer = await send<{ id: string; state: State }>("POST", this.work.dataset["console"] ?? "", { source: this.source() });
      this.id = answer.id;
      this.end = 0;
      this.log.replaceChildren();
      this.follows = true;
      this.take(answer.state);
      if (answer.state.running) this.say(`running, ready in ${((performance.now() - began) / 1000).toFixed(1)}\u00a0s`, "ac");
      this.look();
      return answer.state.running;
    } catch (error) {
      this.gone(words(error));
      return false;
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
    const request = this.request();
    this.sent = [request, ...this.sent.filter((one) => !isSame(one, request))].slice(0, MOST_SENT);
    this.drawEarlier();
    try {
      const answer = await send<{ exchange: Exchange | null; reason: string }>("POST", `${this.url()}/requests`, request);
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

  /** What a judge or oneself asked before is asked again, of the service as it runs, or as it stands in the editor. */
  private async sendAgain(request: Request): Promise<void> {
    if (this.busy) return;
    this.fill(request);
    showPane(this.pane.id);
    selectById("tab-console");
    if (this.id || (await this.start())) await this.send();
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
    this.write(state.log);
    if (state.why) selectById("tab-log");
    if (state.why) this.say(state.why, "wa");
    else if (!state.running) this.say("ended by itself", "wa");
  }

  /** Each line is an element, so that where a long one goes on can be told from where the next begins. */
  private write(text: string): void {
    for (const part of text.split(/(?<=\n)/)) {
      const last = this.log.lastElementChild;
      if (last && !last.textContent.endsWith("\n")) last.append(part);
      else if (part) this.log.append(make("span", {}, part));
    }
    this.follow();
  }

  private follow(): void {
    if (this.follows) this.log.scrollTop = this.log.scrollHeight;
  }

  private isAtEnd(): boolean {
    return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < NEAR_PX;
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
    this.drawEarlier();
  }

  /** The requests of this visit first, the last one on top, then those that are kept. */
  private drawEarlier(): void {
    const group = (name: string, mark: string, requests: Request[]): HTMLOptGroupElement => {
      const options = requests.map((one, at) => new Option(`${one.method} ${one.path}`, mark + String(at)));
      return make("optgroup", { label: name }, ...options);
    };
    const groups = [group("Sent lately", "s", this.sent), group("Saved", "", this.kept())].filter((one) => one.childElementCount);
    this.earlier.replaceChildren(new Option("Earlier requests", ""), ...groups);
    this.earlier.hidden = groups.length === 0;
    must("[data-forget-request]", this.pane).hidden = true;
  }

  private fill(one: Request): void {
    this.method.value = one.method;
    this.path.value = one.path;
    this.headers.value = one.headers;
    this.body.value = one.body;
  }

  private listenToEarlier(): void {
    this.drawEarlier();
    must("[data-save-request]", this.pane).addEventListener("click", () => {
      this.keep([...this.kept(), this.request()]);
      toast("Request saved on this device.");
    });
    this.earlier.addEventListener("change", () => {
      const chosen = this.earlier.value;
      const one = chosen.startsWith("s") ? this.sent[Number(chosen.slice(1))] : this.kept()[Number(chosen)];
      must("[data-forget-request]", this.pane).hidden = !chosen || chosen.startsWith("s");
      if (chosen && one) this.fill(one);
    });
    must("[data-forget-request]", this.pane).addEventListener("click", () => {
      const before = this.kept();
      this.keep(before.filter((_, at) => String(at) !== this.earlier.value));
      toast("Request forgotten.", () => this.keep(before));
    });
    find("#req-path", this.pane)?.addEventListener("focus", () => this.path.select());
  }
}

function isSame(one: Request, other: Request): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function words(error: unknown): string {
  return error instanceof Offline ? "You are offline. Try again when you are back online." : String((error as Error).message);
}
