// Moments in the reader's own time: "3 minutes ago", with the exact one on hover.

import { all } from "./dom";

const STEPS: [number, Intl.RelativeTimeFormatUnit][] = [
  [60, "second"],
  [3600, "minute"],
  [86400, "hour"],
  [7 * 86400, "day"],
];
const ago = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const clockTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });

export function relative(moment: Date, now = new Date()): string {
  const seconds = Math.round((moment.getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 45) return "just now";
  let unitSeconds = 1;
  for (const [limit, unit] of STEPS) {
    if (Math.abs(seconds) < limit) return ago.format(Math.round(seconds / unitSeconds), unit);
    unitSeconds = limit === 7 * 86400 ? 86400 : limit;
  }
  return day.format(moment);
}

export function clock(moment: Date): string {
  return clockTime.format(moment);
}

export function refreshTimes(within: ParentNode = document): void {
  for (const element of all<HTMLTimeElement>("time[data-relative]", within)) {
    const moment = new Date(element.dateTime);
    element.textContent = relative(moment);
    element.title = exact.format(moment);
  }
  for (const element of all<HTMLTimeElement>("time[data-moment]", within)) {
    const moment = new Date(element.dateTime);
    const today = moment.toDateString() === new Date().toDateString();
    element.textContent = today ? clock(moment) : exact.format(moment);
  }
}
