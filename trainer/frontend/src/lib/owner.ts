// Back shows no page of somebody who has signed out since: a browser may keep whole pages, whatever their headers say.

import { recall, remember } from "./store";

const KEY = "account";

/** Whose page this is: the account's number, or nobody's. */
function owner(): string {
  return document.documentElement.dataset["account"] ?? "";
}

/** Was the page shown before, and taken out of what the browser keeps? */
function isKept(event: PageTransitionEvent): boolean {
  const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  return event.persisted || visit?.type === "back_forward";
}

/** Each page notes whose it is. One that is shown again, and was made for somebody else, is asked for anew. */
export function leaveToOthers(): void {
  window.addEventListener("pageshow", (event) => {
    if (isKept(event) && (recall(KEY) ?? owner()) !== owner()) {
      document.documentElement.hidden = true;
      window.location.reload();
    } else {
      remember(KEY, owner());
    }
  });
}
