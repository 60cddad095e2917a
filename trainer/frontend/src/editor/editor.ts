// The editor: CodeMirror in the place of the text area, which stays what a form posts.

import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, highlightActiveLine, highlightActiveLineGutter, highlightSpecialChars, keymap, lineNumbers } from "@codemirror/view";
import { nonce } from "../lib/dom";
import { whenOnline } from "../lib/online";
import type { Actions, Answer } from "../work/answer";
import type { Beside } from "./completion";
import { cursors } from "./cursors";
import { startEntrance } from "./entrance";
import { flagLine, flags } from "./flag";
import { chosenKeys, leaving, ownKeys } from "./keys";
import { grammar, type Tables } from "./languages";
import { phrases } from "./phrases";
import { indentOf, settings, type Settings, startSettings } from "./settings";
import { look } from "./theme";
import { wrapped } from "./wrap";

export class Editor implements Answer {
  private readonly view: EditorView;
  private readonly language = new Compartment();
  private readonly keys = new Compartment();
  private readonly lines = new Compartment();
  private readonly offers = new Compartment();
  private readonly parts = new Compartment();
  private readonly entered: Promise<unknown>;
  private whole = false;
  /** What somebody does while the words are on their way. */
  private waits: "typed" | "asked" | null = null;
  private set: Settings = settings();

  constructor(
    private readonly area: HTMLTextAreaElement,
    private readonly actions: Actions,
    private readonly beside: Beside = () => [],
  ) {
    const typing = document.activeElement === area;
    this.view = new EditorView({
      state: EditorState.create({
        doc: area.value,
        selection: { anchor: typing ? area.selectionEnd : 0 },
        extensions: this.extensions(),
      }),
    });
    this.entered = new Promise((enter) => this.view.dom.addEventListener("focusin", enter, { once: true }));
    area.after(this.view.dom);
    area.parentElement?.classList.add("ready");
    area.tabIndex = -1;
    if (typing) this.view.focus();
    void this.entered.then(() => this.fetchParts());
    void this.setLanguage(area.dataset["language"] ?? "python");
    this.apply(this.set);
    startSettings((chosen) => this.apply(chosen));
    startEntrance(() => this.focus());
  }

  get source(): string {
    return this.view.state.doc.toString();
  }

  /** Replace the text. It is one step of the history: Mod-Z brings the old one back. */
  set source(text: string) {
    this.view.dispatch({
      changes: { from: 0, to: this.view.state.doc.length, insert: text },
      annotations: isolateHistory.of("full"), // undoing it gives back what stood there, however lately that was typed
    });
  }

  async setLanguage(language: string): Promise<void> {
    this.view.dispatch({ effects: this.language.reconfigure(await grammar(language, this.tables)) });
  }

  private get tables(): Tables {
    return JSON.parse(this.area.dataset["schema"] ?? "{}") as Tables;
  }

  flag(line: number | null): void {
    flagLine(this.view, line);
  }

  focus(): void {
    this.view.focus();
  }

  private apply(chosen: Settings): void {
    this.set = chosen;
    this.view.dispatch({ effects: this.lines.reconfigure(linesAs(this.source, chosen)) });
    this.view.requestMeasure();
    void this.fetchKeys(chosen);
    void this.fetchWords(chosen);
  }

  private async fetchParts(): Promise<typeof import("./entered")> {
    const found = await whenOnline(() => import("./entered"));
    if (!this.whole) this.view.dispatch({ effects: this.parts.reconfigure(found.parts) });
    this.whole = true;
    return found;
  }

  private askForWords(): boolean {
    this.waits = "asked";
    return true;
  }

  /** Whoever is quicker than the line gets the panel a moment later. */
  private openFind(): boolean {
    void this.fetchParts().then(({ openSearchPanel }) => openSearchPanel(this.view));
    return true;
  }

  /** What comes later than a newer choice is left. */
  private async fetchKeys(chosen: Settings): Promise<void> {
    const keys = await chosenKeys(chosen.keys, this.actions);
    if (this.set === chosen) this.view.dispatch({ effects: this.keys.reconfigure(keys) });
  }

  /** Who only reads a problem downloads no words. */
  private async fetchWords(chosen: Settings): Promise<void> {
    if (!chosen.completion) return this.view.dispatch({ effects: this.offers.reconfigure([]) });
    await this.entered;
    const { completion, offer } = await whenOnline(() => import("./completion"));
    if (this.set !== chosen) return;
    this.view.dispatch({ effects: this.offers.reconfigure(completion(chosen.keys, this.beside, this.tables)) });
    if (this.waits) offer(this.view, this.waits === "asked");
  }

  private extensions(): Extension {
    const label = this.area.getAttribute("aria-label") ?? "Editor";
    return [
      EditorView.cspNonce.of(nonce()),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "edit-help", autocapitalize: "off", spellcheck: "false", tabindex: "0" }),
      this.offers.of(keymap.of([{ key: "Ctrl-Space", mac: "Alt-i", run: () => this.askForWords() }])),
      this.keys.of(this.set.keys === "standard" ? leaving : []),
      ownKeys(this.actions),
      this.lines.of(linesAs(this.area.value, this.set)),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      cursors,
      history(),
      indentOnInput(),
      bracketMatching(),
      phrases,
      this.parts.of(keymap.of([{ key: "Mod-f", run: () => this.openFind() }])),
      keymap.of([...historyKeymap, ...defaultKeymap]),
      this.language.of([]),
      flags,
      look,
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.area.value = update.state.doc.toString();
        this.waits = update.transactions.some((step) => step.isUserEvent("input.type")) ? "typed" : null;
        this.actions.changed();
      }),
    ];
  }
}

function linesAs(text: string, chosen: Settings): Extension {
  return [indentUnit.of(indentOf(text, chosen)), EditorState.tabSize.of(chosen.tab_width), chosen.wrap ? wrapped : []];
}
