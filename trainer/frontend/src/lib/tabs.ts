// Tabs as ARIA describes them: arrows move, Home and End jump, one tab is in the Tab order.
// Each panel lies in a <details>, so that without scripts every part can still be opened.

import { all, find } from "./dom";

export function panelOf(tab: HTMLElement): HTMLElement | null {
  return document.getElementById(tab.getAttribute("aria-controls") ?? "");
}

export function select(tab: HTMLElement, focus = false): void {
  for (const other of tabsOf(tab.closest("[role=tablist]"))) {
    const chosen = other === tab;
    other.setAttribute("aria-selected", String(chosen));
    other.tabIndex = chosen ? 0 : -1;
    const part = panelOf(other)?.closest("details");
    part?.toggleAttribute("open", chosen);
    if (chosen) part?.removeAttribute("hidden");
  }
  if (focus) tab.focus();
  tab.dispatchEvent(new CustomEvent("tabchosen", { bubbles: true }));
}

export function selectById(id: string): void {
  const tab = document.getElementById(id);
  if (tab) {
    tab.hidden = false;
    select(tab);
  }
}

export function startTabs(within: ParentNode = document): void {
  for (const list of all("[role=tablist]", within)) {
    list.addEventListener("click", (event) => {
      const tab = (event.target as Element).closest<HTMLElement>("[role=tab]");
      if (tab) select(tab);
    });
    list.addEventListener("keydown", (event) => move(list, event));
    const chosen = find("[role=tab][aria-selected=true]", list);
    if (chosen) select(chosen);
  }
}

function tabsOf(list: Element | null): HTMLElement[] {
  return list ? all("[role=tab]", list).filter((tab) => !tab.hidden) : [];
}

function move(list: HTMLElement, event: KeyboardEvent): void {
  const tabs = tabsOf(list);
  const at = tabs.indexOf(document.activeElement as HTMLElement);
  const goal = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
  if (goal === undefined || at < 0) return;
  event.preventDefault();
  const next = tabs[(goal + tabs.length) % tabs.length];
  if (next) select(next, true);
}
