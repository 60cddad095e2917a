// The page of a service: files in the place of one text, and a console to try it out.

import { find } from "./lib/dom";
import { Console } from "./work/console";
import { Evidence } from "./work/evidence";
import { Files } from "./work/files";
import { start } from "./work/page";

start((work, actions) => {
  const files = new Files(work, actions);
  const pane = find("[data-console-pane]", work);
  if (pane && work.dataset["console"]) new Console(work, pane, () => files.source);
  const evidence = find("[data-evidence]", work);
  if (evidence) new Evidence(evidence);
  return files;
});
