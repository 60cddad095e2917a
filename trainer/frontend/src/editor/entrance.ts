// The ways into the editor: its link at the top of the page, and a key.

import { delegate } from "../lib/dom";
import { onLetter } from "../lib/letters";
import { showPane } from "../work/panes";

export function startEntrance(enter: () => void): void {
  const go = () => {
    showPane("code");
    enter();
  };
  onLetter("e", go);
  delegate("click", "[data-to-editor]", (_link, event) => {
    event.preventDefault();
    go();
  });
}
