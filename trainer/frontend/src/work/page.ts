// What every problem page starts, whatever one answers with.

import { find } from "../lib/dom";
import { startPanes, startPhoneTabs } from "./panes";
import { startParts } from "./parts";
import { startTimer } from "./timer";
import { Workspace, type Open } from "./workspace";

export function start(open: Open): void {
  const work = find("main.work");
  if (!work) return;
  startPanes(work);
  startPhoneTabs();
  startParts();
  startTimer();
  if (work.dataset["submit"]) new Workspace(work, open);
}
