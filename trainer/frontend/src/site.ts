// On every page: theme, menus, finder, keys, dialogs, times, tabs, copying.

import { open, prepare, ask } from "./lib/dialog";
import { all, delegate, find } from "./lib/dom";
import { startFinder } from "./lib/finder";
import { lettersOn, onLetter, setLetters, showLetters } from "./lib/letters";
import { leaveToOthers } from "./lib/owner";
import { startTabs } from "./lib/tabs";
import { refreshTimes } from "./lib/times";
import { refuse } from "./lib/toast";
import { addCopyButtons, startCopies } from "./work/parts";

/** The theme is the system's, also when that changes, until one is chosen here. */
function startTheme(): void {
  const root = document.documentElement;
  const systems = matchMedia("(prefers-color-scheme: dark)");
  systems.addEventListener("change", () => {
    if (!/(^|; )theme=/.test(document.cookie)) root.dataset["theme"] = systems.matches ? "dark" : "light";
  });
  delegate("click", "[data-theme-toggle]", () => {
    const theme = root.dataset["theme"] === "dark" ? "light" : "dark";
    root.dataset["theme"] = theme;
    document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  });
}

/** Menus close on Esc, which gives the focus back, and on a press elsewhere. */
function startMenus(): void {
  const close = (menu: HTMLElement) => menu.removeAttribute("open");
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && find("details.menu[open]");
    if (!menu) return;
    close(menu);
    find("summary", menu)?.focus();
  });
  document.addEventListener("click", (event) => {
    for (const menu of all("details.menu[open]")) if (!menu.contains(event.target as Node)) close(menu);
  });
}

function startKeys(): void {
  const dialog = find<HTMLDialogElement>("dialog#keys");
  if (!dialog) return;
  prepare(dialog);
  onLetter("?", () => open(dialog));
  delegate("click", "[data-keys]", () => open(dialog));
  const box = find<HTMLInputElement>("[data-letters]", dialog);
  if (!box) return;
  box.checked = lettersOn();
  box.addEventListener("change", () => setLetters(box.checked));
}

function startDialogs(): void {
  delegate("click", "a[data-dialog]", (link, event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    ask(link as HTMLAnchorElement).catch((error: Error) => refuse(error.message));
  });
}

leaveToOthers();
startTheme();
startMenus();
startKeys();
startDialogs();
startCopies();
addCopyButtons();
startFinder();
startTabs();
refreshTimes();
showLetters();
window.setInterval(refreshTimes, 60_000);
