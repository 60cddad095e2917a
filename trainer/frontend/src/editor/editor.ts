// The editor: CodeMirror in the place of the text area, which stays what a form posts.

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentLess, indentMore, insertNewlineAndIndent, toggleComment } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { nonce } from "../lib/dom";
import type { Actions, Answer } from "../work/answer";
import { flagLine, flags } from "./flag";
import { grammar } from "./languages";
import { look } from "./theme";

const INDENT = "    ";

export class Editor implements Answer {
  private readonly view: EditorView;
  private readonly language = new Compartment();

  constructor(
    private readonly area: HTMLTextAreaElement,
    actions: Actions,
  ) {
    const typing = document.activeElement === area;
    this.view = new EditorView({
      state: EditorState.create({
        doc: area.value,
        selection: { anchor: typing ? area.selectionEnd : 0 },
        extensions: this.extensions(actions),
      }),
    });
    area.after(this.view.dom);
    area.parentElement?.classList.add("ready");
    area.tabIndex = -1;
    if (typing) this.view.focus();
    void this.setLanguage(area.dataset["language"] ?? "python");
  }

  get source(): string {
    return this.view.state.doc.toString();
  }

  /** Replace the text. It is one step of the history: Mod-Z brings the old one back. */
  set source(text: string) {
    this.view.dispatch({ changes: { from: 0, to: this.view.state.doc.length, insert: text } });
  }

  async setLanguage(language: string): Promise<void> {
    this.view.dispatch({ effects: this.language.reconfigure(await grammar(language)) });
  }

  flag(line: number | null): void {
    flagLine(this.view, line);
  }

  focus(): void {
    this.view.focus();
  }

  private extensions(actions: Actions): Extension {
    const label = this.area.getAttribute("aria-label") ?? "Editor";
    return [
      EditorView.cspNonce.of(nonce()),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "edit-help", autocapitalize: "off", spellcheck: "false", tabindex: "0" }),
      keymap.of(keys(actions)),
      lineNumbers(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      highlightSpecialChars(),
      highlightSelectionMatches(),
      drawSelection(),
      history(),
      indentOnInput(),
      indentUnit.of(INDENT),
      EditorState.tabSize.of(INDENT.length),
      bracketMatching(),
      closeBrackets(),
      search({ top: false }),
      keymap.of([...closeBracketsKeymap, ...historyKeymap, ...searchKeymap, ...defaultKeymap]),
      this.language.of([]),
      tabComesBack,
      typeOverSelection,
      flags,
      look,
      EditorView.updateListener.of((update) => {
        if (!update.docChanged) return;
        this.area.value = update.state.doc.toString();
        actions.changed();
      }),
    ];
  }
}

function keys(actions: Actions) {
  const act = (what: () => void) => () => {
    what();
    return true;
  };
  return [
    { key: "Mod-Enter", run: act(actions.submit) },
    { key: "Mod-'", run: act(actions.run) },
    { key: "Mod-s", run: act(actions.save), preventDefault: true },
    { key: "Mod-/", run: toggleComment },
    { key: "Enter", run: insertNewlineAndIndent },
    { key: "Tab", run: indentOrInsert, shift: indentLess },
    { key: "Escape", run: leaveByTab },
  ];
}

/** Tab indents the selected lines, or fills up to the next stop. */
function indentOrInsert(view: EditorView): boolean {
  if (!view.state.selection.main.empty) return indentMore(view);
  const at = view.state.selection.main.head;
  const column = at - view.state.doc.lineAt(at).from;
  view.dispatch(view.state.replaceSelection(" ".repeat(INDENT.length - (column % INDENT.length))));
  return true;
}

/** Esc, then Tab leaves: Tab is the browser's until something is typed or the editor is entered again. */
function leaveByTab(view: EditorView): boolean {
  view.setTabFocusMode(true);
  return false;
}

/** Typing over a selection: left to itself the browser writes style attributes, which the content policy refuses. */
const typeOverSelection = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const text = event.data;
    const { from, to, empty } = view.state.selection.main;
    if (event.inputType !== "insertText" || text === null || empty || view.composing) return false;
    event.preventDefault();
    const insert = () =>
      view.state.update({
        changes: { from, to, insert: text },
        selection: { anchor: from + text.length },
        userEvent: "input.type",
        scrollIntoView: true,
      });
    const handled = view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, text, insert));
    if (!handled) view.dispatch(insert());
    return true;
  },
});

const tabComesBack = EditorView.domEventHandlers({
  keydown: (event, view) => {
    if (!["Escape", "Tab", "Shift"].includes(event.key)) view.setTabFocusMode(false);
    return false;
  },
  focus: (_event, view) => view.setTabFocusMode(false),
});
