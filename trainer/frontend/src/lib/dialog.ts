// Dialogs: the native element, so focus, Esc and what lies behind are the browser's care.

import { find, make } from "./dom";
import { fragment, parse } from "./http";

/** Show a dialog that is on the page. */
export function open(dialog: HTMLDialogElement): void {
  if (!dialog.open) dialog.showModal();
}

/** Close on a press outside and on `data-close`. */
export function prepare(dialog: HTMLDialogElement): void {
  dialog.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    if (target === dialog || target.closest("[data-close]")) {
      event.preventDefault();
      dialog.close();
    }
  });
}

/** Show a page that asks something as a dialog over this one. Without scripts its link leads to the page itself. */
export async function ask(link: HTMLAnchorElement): Promise<void> {
  const page = parse(await fragment(link.href));
  const dialog = make("dialog", { class: "dialog" });
  const parts = find(".dialog", page);
  dialog.append(...(parts ? parts.childNodes : page.childNodes));
  dialog.classList.toggle("small", parts?.classList.contains("small") ?? true);
  const title = find("h1, h2", dialog);
  if (title) {
    title.id ||= "dialog-title";
    dialog.setAttribute("aria-labelledby", title.id);
  }
  document.body.append(dialog);
  prepare(dialog);
  dialog.addEventListener("close", () => {
    dialog.remove();
    link.focus();
  });
  dialog.showModal();
}

/** A dialog made here. Resolves when it closes. */
export function show(title: string, body: Node, actions: HTMLElement[]): Promise<void> {
  const close = make("button", { class: "btn", type: "button", "data-close": "" }, "Close");
  const dialog = make(
    "dialog",
    { class: "dialog", "aria-labelledby": "made-title" },
    make("div", { class: "dhead" }, make("h2", { id: "made-title" }, title)),
    make("div", { class: "body" }, body),
    make("div", { class: "dfoot" }, close, ...actions),
  );
  for (const action of actions) action.addEventListener("click", () => dialog.close());
  document.body.append(dialog);
  prepare(dialog);
  dialog.showModal();
  return new Promise((resolve) =>
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve();
    }),
  );
}
