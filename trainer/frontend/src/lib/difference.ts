// The difference between two texts, line by line, as the page shows it beside a newer draft.

import { make } from "./dom";

type Line = { mark: "" | "add" | "del"; text: string };

/** Longest common subsequence of lines. Texts here have at most 64 KB, so the ends that agree are cut off first. */
export function lines(before: string, after: string): Line[] {
  const a = before.split("\n");
  const b = after.split("\n");
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const same = (text: string): Line => ({ mark: "", text });
  return [
    ...a.slice(0, head).map(same),
    ...middle(a.slice(head, a.length - tail), b.slice(head, b.length - tail)),
    ...a.slice(a.length - tail).map(same),
  ];
}

function middle(a: string[], b: string[]): Line[] {
  if (a.length * b.length > 4_000_000) {
    return [...a.map((text): Line => ({ mark: "del", text })), ...b.map((text): Line => ({ mark: "add", text }))];
  }
  const width = b.length + 1;
  const length = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number) => length[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ mark: "", text: a[i++] ?? "" });
      j++;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) found.push({ mark: "del", text: a[i++] ?? "" });
    else found.push({ mark: "add", text: b[j++] ?? "" });
  }
  return found;
}

/** How many characters two texts share at their beginning, and at their end behind that. */
export function commonEnds(before: string, after: string): [head: number, tail: number] {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return [head, tail];
}

export function differenceBox(before: string, after: string, label: string): HTMLElement {
  const box = make("div", { class: "udiff", tabindex: "0", role: "region", "aria-label": label });
  for (const line of lines(before, after)) box.append(make("div", line.mark ? { class: line.mark } : {}, line.text || " "));
  return box;
}

const CONTEXT = 3;

/** The lines that differ, with a few around them; a gap stands for those left out. Empty where the texts are the same. */
export function changedLines(before: string, after: string): { mark: string; text: string }[] {
  const all = lines(before, after);
  const near = all.map((_, n) => all.slice(Math.max(0, n - CONTEXT), n + CONTEXT + 1).some((line) => line.mark));
  const found: { mark: string; text: string }[] = [];
  let left = 0;
  all.forEach((line, n) => {
    if (!near[n]) left++;
    if (left && (near[n] || n === all.length - 1)) {
      found.push({ mark: "gap", text: `${left} equal line${left === 1 ? "" : "s"}` });
      left = 0;
    }
    if (near[n]) found.push(line);
  });
  return near.some(Boolean) ? found : [];
}
