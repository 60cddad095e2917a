// Earlier texts that are opened again, and the word whether a result is of what stands in the editor.

import { all, delegate, find } from "../lib/dom";
import { fragment, parse } from "../lib/http";
import { refreshTimes } from "../lib/times";
import { refuse, toast } from "../lib/toast";
import type { Answer } from "./answer";
import type { Drafts, Newer } from "./drafts";
import { showPane } from "./panes";

interface Opened extends Newer {
  name: string;
  language: string;
  /** The list of attempts and drafts as it is now. */
  list: string;
}

export class Again {
  constructor(
    private readonly root: HTMLElement,
    private readonly answer: Answer,
    private readonly drafts: Drafts,
  ) {
    delegate("submit", "form[data-again]", (form, event) => {
      event.preventDefault();
      this.open(form as HTMLFormElement).catch((error: Error) => refuse(error.message));
    });
    delegate("submit", "form[data-again-here]", (form, event) => {
      event.preventDefault();
      this.openHere(form.closest<HTMLElement>("[data-source]")?.dataset["source"] ?? "", form.dataset["againHere"] ?? "");
    });
  }

  /** Mark results that are not of what stands in the editor. */
  refresh(): void {
    for (const said of all("[data-of-try][data-live]", this.root)) {
      said.toggleAttribute("data-differs", said.dataset["source"] !== this.answer.source);
    }
  }

  private async open(form: HTMLFormElement): Promise<void> {
    if (!(await this.drafts.handOver())) return refuse("What is written here could not be saved first. Try again when you are online.");
    const opened = JSON.parse(await fragment(form.action, new FormData(form))) as Opened;
    if (opened.language !== this.root.dataset["language"]) {
      location.assign(`?language=${encodeURIComponent(opened.language)}#code`);
      return;
    }
    const panel = document.getElementById("panel-attempts");
    panel?.replaceChildren(parse(opened.list));
    if (panel) refreshTimes(panel);
    this.put(opened.source, () => this.drafts.take(opened), `This is ${opened.name}.`);
  }

  /** In a room there are no earlier drafts: what stood here goes to the scratchpad, unless it is the starter. */
  private openHere(source: string, number: string): void {
    const before = this.answer.source;
    let said = `This is try ${number}.`;
    const pad = find<HTMLTextAreaElement>("[data-box=scratchpad] textarea", this.root);
    if (pad && before !== source && before !== this.root.dataset["starter"]) {
      const letter = find("[data-task-letter]", this.root)?.dataset["taskLetter"] ?? "";
      const above = `── Task ${letter}, what stood there before try ${number} was opened ──`;
      pad.value = [pad.value.trimEnd(), above, this.answer.words?.(before) ?? before].filter(Boolean).join("\n\n");
      pad.dispatchEvent(new Event("input", { bubbles: true }));
      said += " What stood here is in the scratchpad.";
    }
    this.put(source, () => (this.answer.source = source), said);
  }

  private put(source: string, put: () => void, said: string): void {
    const before = this.answer.source;
    put();
    showPane(this.root.dataset["home"] ?? "code");
    this.answer.focus();
    if (before !== source) toast(said, () => (this.answer.source = before));
  }
}
