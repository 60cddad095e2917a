// From a press on Run or Submit to the verdict: send, listen (or ask again where a stream cannot be had), show.

import { getJson, send } from "../lib/http";

export interface Sent {
  id: number;
  url: string;
  events: string;
  result: string;
}

export interface State {
  status: "queued" | "judging" | "judged";
  position: number;
  done: number;
  total: number;
  /** Why nobody can judge it now, in a sentence; empty where it waits for its turn alone. */
  why: string;
}

const POLL_MS = 1000;
const STREAM_TRIES = 2;

export function post(url: string, body: unknown): Promise<Sent> {
  return send<Sent>("POST", url, body);
}

/** Resolves when the submission is judged. `tell` hears of every state before. */
export function follow(sent: Sent, tell: (state: State) => void): Promise<void> {
  return new Promise((resolve) => listen(sent, tell, resolve, 0));
}

function listen(sent: Sent, tell: (state: State) => void, done: () => void, failures: number): void {
  if (!sent.events || failures >= STREAM_TRIES) return void poll(sent, tell, done);
  const stream = new EventSource(sent.events);
  let heard = false;
  stream.addEventListener("state", (event) => {
    heard = true;
    tell(JSON.parse((event as MessageEvent<string>).data) as State);
  });
  stream.addEventListener("judged", () => {
    stream.close();
    done();
  });
  stream.addEventListener("error", () => {
    stream.close();
    window.setTimeout(() => listen(sent, tell, done, heard ? 0 : failures + 1), heard ? POLL_MS : 0);
  });
}

async function poll(sent: Sent, tell: (state: State) => void, done: () => void): Promise<void> {
  for (;;) {
    try {
      const state = await getJson<State>(sent.url);
      if (state.status === "judged") return done();
      tell(state);
    } catch {
      // The line is down or the server restarts: the row is safe, so ask again.
    }
    await new Promise((resolve) => window.setTimeout(resolve, POLL_MS));
  }
}
