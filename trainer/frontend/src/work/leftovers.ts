// What this device kept of an interview and could not send before the end: it is sent now, and kept as after time.

import { send } from "../lib/http";
import { forget, keysFrom, recall } from "../lib/store";
import { type Local, device } from "./drafts";

/** Of keys as drafts make them: draft:OWNER:interview-ID-TASK:NAME, of boxes interview-ID-TASK-NAME. */
const PLACE = /:interview-\d+-(\d+)(?:-[^:]+)?:([^:]+)$/;

/** How many texts were sent. What the server refuses, or cannot be reached for, stays on this device. */
export async function sendLeftovers(owner: string, interview: string, api: string): Promise<number> {
  let sent = 0;
  for (const key of keysFrom(`draft:${owner}:interview-${interview}-`)) {
    const [, task, name] = PLACE.exec(key) ?? [];
    const kept = recall(key);
    if (!task || !name || !kept) continue;
    const { source } = JSON.parse(kept) as Local;
    const body = { source, base_revision: 0, device: device(), force: true };
    try {
      const answer = await send<{ late: boolean }>("PUT", `${api}/tasks/${task}/texts/${name}`, body);
      forget(key);
      if (answer.late) sent++;
    } catch {
      // It is still here; the next visit tries again.
    }
  }
  return sent;
}
