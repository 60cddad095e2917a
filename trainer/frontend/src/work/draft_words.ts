// What is said of a draft: whether it is saved, and from which device it is.

import { clock } from "../lib/times";

export function wording(state: string, savedAt: string, signedIn: boolean): string {
  if (!signedIn) return "Kept on this device";
  if (state === "saved") return savedAt ? `Saved ${clock(new Date(savedAt))}` : "";
  return { saving: "Saving", typing: "Not saved yet", offline: "Kept on this device", waiting: "Kept on this device" }[state] ?? "";
}

/** What the reader of "a newer draft from …" recognises: Chrome on Linux. */
export function device(): string {
  const agent = navigator.userAgent;
  const known = (names: [string, string][]) => names.find(([sign]) => agent.includes(sign))?.[1] ?? "";
  const browser = known([["Edg/", "Edge"], ["Firefox/", "Firefox"], ["Chrome/", "Chrome"], ["Safari/", "Safari"]]);
  const system = known([["Android", "Android"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Mac OS", "Mac"], ["Windows", "Windows"], ["Linux", "Linux"]]);
  return [browser, system].filter(Boolean).join(" on ");
}
