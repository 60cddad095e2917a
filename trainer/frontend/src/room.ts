// What every room of an interview has beside its task: the clock, and boxes in which one types words.

import { all, find } from "./lib/dom";
import { Clock } from "./work/clock";
import { Drafts } from "./work/drafts";
import { startRecorder } from "./work/recorder";

for (const box of all<HTMLElement>("[data-box]")) {
  const area = find<HTMLTextAreaElement>("textarea", box);
  if (!area) continue;
  const answer = {
    get source(): string {
      return area.value;
    },
    set source(text: string) {
      area.value = text;
    },
    flag: (): void => undefined,
    focus: (): void => area.focus(),
  };
  const drafts = new Drafts(box, answer, () => undefined);
  area.addEventListener("input", () => drafts.changed());
}

const bar = find("[data-clock]");
if (bar) new Clock(bar);
// The page's own script, which comes before this one, has made its answer by now.
startRecorder();
