// What every room of an interview has beside its task: the clock, and boxes in which one types words.

import { all, find } from "./lib/dom";
import { enteredEarly } from "./lib/early";
import { Clock } from "./work/clock";
import { Drafts, savedAll } from "./work/drafts";
import { recorded, startRecorder } from "./work/recorder";
import { startSteps } from "./work/steps";

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
  const drafts = new Drafts(box, answer, () => undefined, enteredEarly(box));
  area.addEventListener("input", () => drafts.changed());
}

/** Handing in comes after what was typed last: the form waits until that is on the server. */
let saved = false;
document.addEventListener("submit", (event) => {
  const form = event.target as HTMLFormElement;
  if (saved || !form.action.endsWith("/end")) return;
  event.preventDefault();
  void Promise.all([savedAll(), recorded()]).then(() => {
    saved = true;
    // A form that is being submitted cannot be submitted again before this event is over.
    window.setTimeout(() => form.requestSubmit(event.submitter as HTMLElement | null));
  });
});

const steps = find("[data-steps]");
if (steps) startSteps(steps);

const bar = find("[data-clock]");
if (bar) new Clock(bar);
// The page's own script, which comes before this one, has made its answer by now.
startRecorder();
