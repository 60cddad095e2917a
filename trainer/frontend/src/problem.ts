// The problem page.

import { find } from "./lib/dom";
import { startPanes, startPhoneTabs } from "./work/panes";
import { startParts } from "./work/parts";
import { Workspace } from "./work/workspace";

const work = find("main.work");
if (work) {
  startPanes(work);
  startPhoneTabs(work);
  startParts();
  if (work.dataset["submit"]) new Workspace(work);
}
