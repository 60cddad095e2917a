// The problem page: answer, drafts, Run and Submit, results. The parts know nothing of each other; this joins them.

import { all, delegate, find, make, must, icon } from "../lib/dom";
import { enteredEarly } from "../lib/early";
import { fragment, Offline, parse, Refused } from "../lib/http";
import { onLetter, showLetters } from "../lib/letters";
import { selectById } from "../lib/tabs";
import { refreshTimes } from "../lib/times";
import { toast } from "../lib/toast";
import { Again } from "./again";
import type { Actions, Answer } from "./answer";
import { Drafts } from "./drafts";
import { follow, post, type Sent } from "./judge";
import { Live } from "./live";
import { OwnInput, type Values } from "./own";
import { showPane } from "./panes";
import { addCopyButtons } from "./parts";

type Purpose = "run" | "submit";

/** Makes what one answers with, in its place on the page. */
export type Open = (root: HTMLElement, actions: Actions) => Answer;

export class Workspace {
  private readonly answer: Answer;
  private readonly drafts: Drafts;
  private readonly again: Again;
  private readonly own: OwnInput;
  private readonly head: HTMLElement;
  private readonly body: HTMLElement;
  private readonly buttons: HTMLButtonElement[];
  private under: Purpose | null = null;

  constructor(
    private readonly root: HTMLElement,
    open: Open,
  ) {
    this.head = must("[data-result-head]", root);
    this.body = must("[data-result-body]", root);
    this.buttons = all<HTMLButtonElement>("button[name=action]", root);
    const early = enteredEarly(root);
    this.answer = open(root, {
      submit: () => this.press("submit"),
      run: () => this.press("run"),
      save: () => void this.drafts.save(),
      changed: () => this.changed(),
    });
    this.own = new OwnInput(find("[data-own]", root));
    this.drafts = new Drafts(root, this.answer, () => this.hold(), early);
    this.again = new Again(root, this.answer, this.drafts);
    this.again.refresh();
    this.listen();
    this.resume();
  }

  private changed(): void {
    this.drafts?.changed();
    this.again?.refresh();
  }

  private listen(): void {
    for (const button of this.buttons) {
      button.addEventListener("click", (event) => {
        event.preventDefault();
        this.press(button.value as Purpose);
      });
    }
    document.addEventListener("keydown", (event) => this.keys(event));
    delegate("click", "[data-run-case]", (link, event) => {
      event.preventDefault();
      this.runCase(JSON.parse(link.dataset["runCase"] ?? "{}") as Values);
    });
    delegate("click", "[data-keep-case]", (link, event) => {
      event.preventDefault();
      this.own.fill(JSON.parse(link.dataset["keepCase"] ?? "{}") as Values);
      selectById("tab-own");
      showPane("results");
      toast("It is one of your cases now.");
    });
    delegate("click", "[data-open-tab]", (link, event) => {
      event.preventDefault();
      selectById(link.dataset["openTab"] ?? "");
      showPane(link.dataset["pane"] ?? "statement");
      document.getElementById(link.dataset["openTab"] ?? "")?.focus();
    });
    onLetter("r", () => find("[data-run-case]", this.root)?.click());
    onLetter("n", () => find<HTMLAnchorElement>("a[data-next]", this.root)?.click());
    find("[data-starter]", this.root)?.addEventListener("click", () => this.restart());
    find<HTMLSelectElement>("select[name=language]", this.root)?.addEventListener("change", (event) => this.changeLanguage(event));
  }

  /** The keys of the editor, when the focus is elsewhere. */
  private keys(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.defaultPrevented || find("dialog[open]")) return;
    const react = { Enter: () => this.press("submit"), "'": () => this.press("run"), s: () => void this.drafts.save() }[event.key];
    if (!react) return;
    event.preventDefault();
    react();
  }

  private press(purpose: Purpose): void {
    const button = this.buttons.find((b) => b.value === purpose);
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const asked = purpose === "submit" ? this.answer.asked?.() : undefined;
    if (!asked) return void this.judge(purpose);
    void asked.then((goes) => (goes ? this.judge(purpose) : undefined));
  }

  private async judge(purpose: Purpose): Promise<void> {
    this.under = purpose;
    this.hold();
    this.clearMessage();
    const live = this.live();
    try {
      await this.drafts.save();
      const sent = await post(this.root.dataset[purpose] ?? "", this.request(purpose));
      this.reveal();
      await this.finish(sent, live);
    } catch (error) {
      live.stop();
      this.refused(error);
    } finally {
      this.under = null;
      this.hold();
    }
  }

  private request(purpose: Purpose): Record<string, unknown> {
    const request = { language: this.root.dataset["language"] ?? "", source: this.answer.source };
    return purpose === "run" ? { ...request, own_inputs: this.own.values } : request;
  }

  private async finish(sent: Sent, live: Live): Promise<void> {
    await follow(sent, (state) => live.tell(state));
    const html = await fragment(sent.result);
    live.stop();
    this.show(html);
    this.answer.judged?.();
  }

  /** Put what the server says of a judgement in place: head, body, and what else it changes on the page. */
  private show(html: string): void {
    const parts = parse(html);
    for (const part of all<HTMLElement>("[data-replace]", parts)) {
      const place = document.getElementById(part.dataset["replace"] ?? "");
      part.removeAttribute("data-replace");
      if (place) place.replaceChildren(...part.childNodes);
    }
    this.flag();
    this.again.refresh();
    addCopyButtons(this.root);
    refreshTimes(this.root);
    showLetters();
  }

  private reveal(): void {
    selectById("tab-result");
    showPane("results");
  }

  /** A submission that was under way when the page was opened, or one that the address names. */
  private resume(): void {
    const { events, result, url } = this.root.dataset;
    this.flag();
    if (!result) return;
    this.under = (this.root.dataset["under"] ?? "submit") as Purpose;
    this.hold();
    void this.finish({ id: 0, url: url ?? "", events: events ?? "", result }, this.live()).finally(() => {
      this.under = null;
      this.hold();
    });
  }

  private flag(): void {
    const line = find("[data-flag-line]", this.root)?.dataset["flagLine"];
    this.answer.flag(line ? Number(line) : null);
  }

  private live(): Live {
    return new Live(this.head, this.body, this.root.dataset["starting"] ?? "");
  }

  private refused(error: unknown): void {
    const message = error instanceof Offline ? "You are offline. Your work is kept here; send it again when you are back online." : String((error as Error).message);
    if (error instanceof Refused && this.own.complain(error.field, message)) {
      selectById("tab-own");
      showPane("results");
      return this.own.focus();
    }
    const place = find("[data-message-place]", this.root);
    const sort = error instanceof Refused && error.status < 500 ? "bad" : "due";
    place?.replaceChildren(make("div", { class: `note ${sort}`, role: "alert" }, icon(sort === "bad" ? "wa" : "je"), make("span", {}, message)));
    find("[data-live]", this.body)?.remove();
    if (find(".resulthead[data-status]", this.head)) this.head.replaceChildren();
    showPane(this.root.dataset["home"] ?? "code");
  }

  private clearMessage(): void {
    find("[data-message-place]", this.root)?.replaceChildren();
  }

  /** Run and Submit say why they wait; they keep their place and their focus. */
  private hold(): void {
    const reason = this.waits();
    for (const button of this.buttons) {
      button.setAttribute("aria-disabled", String(reason !== ""));
      button.title = reason;
    }
  }

  private waits(): string {
    if (this.under) return this.under === "run" ? "Your code is still running." : "Your submission is being judged.";
    if (!this.drafts?.offline) return "";
    return this.buttons.length > 1 ? "Offline: Run and Submit wait." : "Offline: Submit waits.";
  }

  private runCase(values: Values): void {
    this.own.fill(values);
    this.press("run");
  }

  private restart(): void {
    const before = this.answer.source;
    this.answer.source = this.root.dataset["starter"] ?? "";
    this.answer.focus();
    toast("Starter code is back.", () => (this.answer.source = before));
  }

  private changeLanguage(event: Event): void {
    const chosen = (event.target as HTMLSelectElement).value;
    void this.drafts.save().then(() => location.assign(`?language=${encodeURIComponent(chosen)}#code`));
  }
}
