// The thinking steps of a task: which one is under way, how long each took, and a way to each by a click.

import { all, find, must } from "../lib/dom";

const SECOND_MS = 1000;

/** The step that somebody enters who moves the focus there: a box by its name, or the editor. */
export function stepOf(target: Element): string {
  return target.closest<HTMLElement>("[data-box]")?.dataset["box"] ?? (target.closest("#code") ? "code" : "");
}

export function startSteps(nav: HTMLElement): void {
  const links = all<HTMLAnchorElement>("[data-step]", nav);
  const current = (): HTMLAnchorElement | undefined => links.find((link) => link.getAttribute("aria-current") === "step");
  document.addEventListener("focusin", (event) => {
    const link = links.find((one) => one.dataset["step"] === stepOf(event.target as Element));
    if (!link || link === current()) return;
    current()?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "step");
    offerNext(links, link);
  });
  for (const link of [...links, ...all<HTMLAnchorElement>("[data-next-step]")]) {
    link.addEventListener("click", () => {
      const goal = link.hash;
      // The address has moved by then: on a phone it shows the pane in which the step is.
      window.setTimeout(() => find(goal === "#code" ? "#code [role=textbox], #code textarea" : goal)?.focus());
    });
  }
  const begun = current();
  if (begun) offerNext(links, begun);
  window.setInterval(() => {
    const link = current();
    if (link && !document.hidden) spend(link);
  }, SECOND_MS);
}

/** The button that leads to the step after this one; the last step has none. */
function offerNext(links: HTMLAnchorElement[], link: HTMLAnchorElement): void {
  const button = find<HTMLAnchorElement>("[data-next-step]");
  const next = links[links.indexOf(link) + 1];
  if (!button) return;
  button.hidden = !next;
  if (!next) return;
  button.href = next.hash;
  must("span", button).textContent = `Next: ${next.dataset["title"] ?? ""}`;
}

function spend(link: HTMLAnchorElement): void {
  const seconds = Number(link.dataset["seconds"]) + 1;
  link.dataset["seconds"] = String(seconds);
  if (seconds % 60) return;
  const words = must("[data-spent]", link);
  words.textContent = `${seconds / 60} of ${words.textContent?.split(" of ").at(-1) ?? ""}`;
}
