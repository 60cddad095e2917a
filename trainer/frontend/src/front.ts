// The front page: the warm-up, in the editor, judged without an account.

import { Editor } from "./editor/editor";
import { find, icon, make } from "./lib/dom";
import { differs } from "./lib/early";
import { fragment, Offline, parse } from "./lib/http";
import { follow, post } from "./work/judge";
import { Kept } from "./work/kept";

const root = find("[data-warm-up]");
const area = root && find<HTMLTextAreaElement>("textarea[name=source]", root);
if (root && area) start(root, area);

function start(warm: HTMLElement, text: HTMLTextAreaElement): void {
  const kept = new Kept(`draft:guest:${warm.dataset["problem"] ?? ""}:${warm.dataset["language"] ?? ""}`);
  const keep = (): void => kept.write({ source: editor.source, base: 0, at: new Date().toISOString() });
  const button = find<HTMLButtonElement>("button[name=action]", warm);
  const early = differs(text);
  if (early) kept.setAside();
  const editor = new Editor(text, {
    submit: () => void run(),
    run: () => void run(),
    save: keep,
    changed: keep,
  });
  const mine = early ? null : kept.read();
  const shown = mine?.source ?? editor.source;
  if (early) keep();
  if (mine) editor.source = shown;
  void kept.left().then(([last]) => {
    if (!last || early || mine || editor.source !== shown) return;
    editor.source = last.source;
    keep();
    kept.drop(last);
  });
  button?.addEventListener("click", (event) => {
    event.preventDefault();
    void run();
  });

  async function run(): Promise<void> {
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    const says = find("[data-says]", warm);
    const { source } = editor;
    const focused = document.activeElement;
    const slow = window.setTimeout(() => says?.replaceChildren("Judging"), 200);
    try {
      const sent = await post(warm.dataset["submit"] ?? "", { language: warm.dataset["language"], source });
      await follow(sent, (state) => state.why && says?.replaceChildren(state.why));
      show(await fragment(`${warm.dataset["result"] ?? ""}?submission=${sent.id}`));
      if (editor.source === source && document.activeElement === focused) lead();
    } catch (error) {
      const words = error instanceof Offline ? "You are offline. Run it again when you are back online." : (error as Error).message;
      find("[data-message-place]", warm)?.replaceChildren(make("div", { class: "note bad", role: "alert" }, icon("wa"), make("span", {}, words)));
    } finally {
      window.clearTimeout(slow);
      button.removeAttribute("aria-disabled");
    }
  }

  /** To where one works on: the next step, or the line to fix. Where a finger types, the keyboard stays away. */
  function lead(): void {
    const solved = find("[data-solved]", warm);
    if (solved) find("a.btn", solved)?.focus({ preventScroll: true });
    else if (matchMedia("(pointer: fine)").matches) editor.focus();
  }

  function show(html: string): void {
    const parts = parse(html);
    find("[data-message-place]", warm)?.replaceChildren();
    const fresh = find("#warm-cases", parts);
    document.getElementById("warm-cases")?.replaceChildren(...(fresh?.childNodes ?? []));
    find("[data-says]", warm)?.replaceChildren("Kept on this device");
    button?.classList.toggle("main", !find("[data-solved]", warm));
    const line = find("[data-flag-line]", warm)?.dataset["flagLine"];
    editor.flag(line ? Number(line) : null);
    find("[data-cases]", warm)?.scrollTo({ top: 0 });
    const stacked = matchMedia("(max-width: 900px)").matches;
    if (stacked) find("[data-cases] .verdictline", warm)?.scrollIntoView({ block: "center" });
  }
}
