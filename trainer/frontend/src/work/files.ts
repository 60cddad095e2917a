// A service's files: a tree of them, one editor, and what can be done with files. Together they are one answer.

import { Editor } from "../editor/editor";
import { show } from "../lib/dialog";
import { all, find, icon, make, must } from "../lib/dom";
import { refuse, toast } from "../lib/toast";
import type { Actions, Answer } from "./answer";
import { Cause } from "./cause";

type Texts = Record<string, string>;

const CAUSE = "CAUSE";
const PATH = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}(\/[A-Za-z0-9_][A-Za-z0-9_.-]{0,79}){0,4}$/;
const RULE = "Letters, digits, '_', '-' and '.', folders with '/'. No dot first.";
const MOST_FILES = 60;
const MOST_BYTES = 64 * 1024;
const TOO_MUCH = "all files together may have 64 KB.";

export class Files implements Answer {
  private texts: Texts;
  private path = "";
  private readonly editor: Editor;
  private readonly tree: HTMLElement;
  private readonly cause: Cause;
  private readonly starter: Texts;
  private filling = false;
  /** Grammars by the endings of files. */
  private readonly grammars: Texts;

  constructor(
    private readonly work: HTMLElement,
    private readonly actions: Actions,
  ) {
    this.tree = must("[data-tree]", work);
    this.starter = parse(work.dataset["starter"] ?? "{}");
    const areas = all<HTMLTextAreaElement>("textarea[data-file]", work);
    this.texts = Object.fromEntries(areas.map((area) => [area.dataset["file"] ?? "", area.value]));
    this.cause = new Cause(work, () => {
      this.takeCause();
      this.actions.changed();
    });
    this.takeCause();
    find(".plainfiles", work)?.remove();
    const area = must<HTMLTextAreaElement>(".codebox textarea", work);
    this.grammars = parse(area.dataset["grammars"] ?? "{}");
    this.editor = new Editor(area, { ...actions, changed: () => this.typed() }, () => this.beside());
    this.listen();
    this.open(this.first());
  }

  /** All files as one JSON text, in the order that the server writes them, so that equal files are equal texts. */
  get source(): string {
    const sorted = Object.entries(this.texts).sort(([a], [b]) => (a < b ? -1 : 1));
    return `{\n${sorted.map(([path, text]) => `${JSON.stringify(path)}: ${JSON.stringify(text)}`).join(",\n")}\n}\n`;
  }

  set source(text: string) {
    this.texts = parse(text);
    this.cause.named = this.texts[CAUSE] ?? "";
    this.open(Object.hasOwn(this.texts, this.path) ? this.path : this.first());
    this.actions.changed();
  }

  words(source: string): string {
    const texts = Object.entries(parse(source)).sort(([a], [b]) => (a < b ? -1 : 1));
    return texts.map(([path, text]) => `── ${path} ──\n${text.trimEnd()}\n`).join("\n");
  }

  flag(): void {}

  asked(): Promise<boolean> {
    return this.cause.asked();
  }

  focus(): void {
    this.editor.focus();
  }

  private takeCause(): void {
    delete this.texts[CAUSE];
    if (this.cause.named) this.texts[CAUSE] = this.cause.named;
  }

  private paths(): string[] {
    return Object.keys(this.texts)
      .filter((path) => path !== CAUSE)
      .sort();
  }

  private first(): string {
    const paths = this.paths();
    return paths.find((path) => path === "app.py" || path === "main.py") ?? paths[0] ?? "";
  }

  /** The other files of the language of this one. */
  private beside(): { text: string; where: string }[] {
    const ending = (path: string) => path.split(".").pop();
    const others = this.paths().filter((path) => path !== this.path && ending(path) === ending(this.path));
    return others.map((path) => ({ text: this.texts[path] ?? "", where: path }));
  }

  private typed(): void {
    if (this.filling || !this.path) return;
    const was = this.texts[this.path] !== this.starter[this.path];
    this.texts[this.path] = this.editor.source;
    if (was !== (this.texts[this.path] !== this.starter[this.path])) this.draw();
    this.actions.changed();
  }

  private open(path: string): void {
    this.path = path;
    this.filling = true;
    this.editor.source = this.texts[path] ?? "";
    this.filling = false;
    void this.editor.setLanguage(this.grammars[path.split(".").pop() ?? ""] ?? "");
    must("[data-path]", this.work).textContent = path;
    this.draw();
  }

  private draw(): void {
    const list = make("ul");
    for (const path of this.paths()) {
      const link = make("a", { href: "#code", "data-open": path }, icon("file"), make("span", {}, ...breakable(path)));
      if (path === this.path) link.setAttribute("aria-current", "true");
      const known = Object.hasOwn(this.starter, path);
      if (!known || this.texts[path] !== this.starter[path]) link.append(make("span", { class: "tag" }, known ? "edited" : "new"));
      list.append(make("li", {}, link));
    }
    this.tree.replaceChildren(list);
  }

  private listen(): void {
    this.tree.addEventListener("click", (event) => {
      const link = (event.target as Element).closest<HTMLElement>("[data-open]");
      if (!link) return;
      event.preventDefault();
      this.open(link.dataset["open"] ?? "");
      find(`[data-open="${CSS.escape(this.path)}"]`, this.tree)?.focus();
    });
    const field = must<HTMLInputElement>("[data-upload-field]", this.work);
    must("[data-upload]", this.work).addEventListener("click", () => field.click());
    field.addEventListener("change", () => void this.upload(field));
    must("[data-new]", this.work).addEventListener("click", () => this.ask("New file", "", (path) => this.put(path, "")));
    must("[data-rename]", this.work).addEventListener("click", () => this.ask("Rename this file", this.path, (path) => this.rename(path)));
    must("[data-delete]", this.work).addEventListener("click", () => this.remove());
  }

  private put(path: string, text: string): void {
    this.texts[path] = text;
    this.open(path);
    this.actions.changed();
    this.editor.focus();
  }

  private rename(path: string): void {
    const text = this.texts[this.path] ?? "";
    delete this.texts[this.path];
    this.put(path, text);
  }

  private remove(): void {
    if (this.paths().length < 2) return refuse("A service needs a file: this is the last one.");
    const [path, text] = [this.path, this.texts[this.path] ?? ""];
    delete this.texts[path];
    this.open(this.first());
    this.actions.changed();
    toast(`${path} is deleted.`, () => this.put(path, text));
  }

  /** Take what can be taken; what is left out is said, file by file, and a file that was there before can be had back. */
  private async upload(field: HTMLInputElement): Promise<void> {
    const before = { ...this.texts };
    const left: string[] = [];
    for (const file of [...(field.files ?? [])]) {
      const text = file.size > MOST_BYTES ? "" : await read(file);
      const wrong = file.size > MOST_BYTES ? TOO_MUCH : this.leftOut(file.name, text);
      if (wrong) left.push(`${file.name} is left out: ${wrong}`);
      else this.put(file.name, text ?? "");
    }
    field.value = "";
    const replaced = Object.keys(before).filter((path) => before[path] !== this.texts[path]);
    if (left.length) this.complain(left);
    if (replaced.length) toast(`${replaced.join(", ")}: replaced.`, () => replaced.forEach((path) => this.put(path, before[path] ?? "")));
  }

  /** Why a file cannot be added, or nothing. */
  private leftOut(path: string, text: string | null): string {
    const others = without(this.texts, path);
    if (text === null) return "it is no text in UTF-8.";
    const size = [text, ...Object.values(others)].reduce((sum, one) => sum + new TextEncoder().encode(one).length, 0);
    return size > MOST_BYTES ? TOO_MUCH : complaint(path, others);
  }

  private complain(words: string[]): void {
    const list = make("ul", {}, ...words.map((one) => make("li", {}, one)));
    const note = make("div", { class: "note bad", role: "alert" }, icon("wa"), list);
    must("[data-message-place]", this.work).replaceChildren(note);
  }

  /** Ask for a path; what is wrong with it is said beside the field, and nothing is lost. */
  private ask(title: string, path: string, done: (path: string) => void): void {
    const input = make("input", { class: "input mono", id: "file-path", value: path, maxlength: "200", autocomplete: "off", spellcheck: "false" });
    const says = make("span", { class: "help" }, RULE);
    const button = make("button", { class: "btn main", type: "button" }, title);
    const form = make("form", { class: "field" }, make("label", { for: "file-path" }, "Path"), input, says);
    const act = (event: Event) => {
      event.preventDefault();
      const wrong = input.value === path ? "" : complaint(input.value, without(this.texts, path));
      if (wrong) {
        event.stopImmediatePropagation();
        says.className = "err";
        says.textContent = wrong;
        input.setAttribute("aria-invalid", "true");
        return input.focus();
      }
      form.closest("dialog")?.close();
      if (input.value !== path) done(input.value);
    };
    button.addEventListener("click", act);
    form.addEventListener("submit", act);
    void show(title, form, [button]);
    input.focus();
    input.select();
  }
}

function complaint(path: string, taken: Texts): string {
  if (!PATH.test(path) || path.includes("..") || path.includes("__proto__") || path === CAUSE) return RULE;
  if (Object.keys(taken).includes(path)) return "There is a file of this name already.";
  if (Object.keys(taken).length >= MOST_FILES) return `There are ${MOST_FILES} files already.`;
  const inside = (a: string, b: string) => b.startsWith(`${a}/`);
  if (Object.keys(taken).some((other) => inside(other, path) || inside(path, other))) return "This is a file and a folder at once.";
  return "";
}

/** A path that is broken after a folder where it is too long for one line. */
function breakable(path: string): (string | HTMLElement)[] {
  return path.split(/(?<=\/)/).flatMap((part) => [part, make("wbr")]);
}

function without(texts: Texts, path: string): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([other]) => other !== path));
}

/** The text of a file, or null where it is none. */
async function read(file: File): Promise<string | null> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return text.includes("\0") ? null : text.replaceAll("\r\n", "\n");
  } catch {
    return null;
  }
}

function parse(source: string): Texts {
  try {
    return JSON.parse(source) as Texts;
  } catch {
    return {};
  }
}
