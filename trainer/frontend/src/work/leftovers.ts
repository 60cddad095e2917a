// What this device kept of an interview and could not send before the end: it is sent now, and kept as after time.

import { send } from "../lib/http";
import { forget, keysFrom, recall } from "../lib/store";
import { device } from "./draft_words";
import { type Left, parsed } from "./kept";

/** Of keys as tabs make them: draft:OWNER:interview-ID-TASK:NAME:TAB, of boxes interview-ID-TASK-NAME. */
const PLACE = /:interview-\d+-(\d+)(?:-[^:]+)?:([^:]+)(?::[^:]+)?$/;
/** Stands between texts of several tabs: there is one place for what came after time. */
const AND = "\n\n--- also kept, in another tab ---\n\n";

/** How many texts were sent. What the server refuses, or cannot be reached for, stays on this device. */
export async function sendLeftovers(owner: string, interview: string, api: string): Promise<number> {
  const found = new Map<string, Left[]>();
  for (const key of keysFrom(`draft:${owner}:interview-${interview}-`)) {
    const [, task, name] = PLACE.exec(key) ?? [];
    const text = parsed(recall(key));
    if (!task || !name || !text) continue;
    const place = `${api}/tasks/${task}/texts/${name}`;
    found.set(place, [...(found.get(place) ?? []), { ...text, key }]);
  }
  let sent = 0;
  for (const [place, texts] of found) if (await sendLate(place, texts)) sent++;
  return sent;
}

/** Texts of one place, as one: the newest first. */
async function sendLate(place: string, texts: Left[]): Promise<boolean> {
  texts.sort((a, b) => b.at.localeCompare(a.at));
  const source = [...new Set(texts.map((text) => text.source))].join(AND);
  try {
    const answer = await send<{ late: boolean }>("PUT", place, { source, base_revision: 0, device: device(), force: true });
    for (const text of texts) forget(text.key);
    return answer.late;
  } catch {
    return false; // They are still here; the next visit tries again.
  }
}
