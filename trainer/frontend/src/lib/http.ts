// Requests to our own server: with the token against forgery, and with errors as people read them.

import { find } from "./dom";

/** A request may outlive its page (a draft, sent as the page closes) up to this size; browsers allow 64 KB. */
const KEPT_ALIVE = 30_000;

/** The line is down, or the server does not answer. */
export class Offline extends Error {}

/** The server answered no. `message` is its own sentence. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly body: Record<string, unknown>,
    readonly retryAfterS: number,
  ) {
    super(message);
  }

  get field(): string {
    const errors = this.body["errors"] as { field: string }[] | undefined;
    return errors?.[0]?.field ?? "";
  }
}

export async function send<T>(method: string, url: string, content: unknown): Promise<T> {
  const body = JSON.stringify(content);
  const response = await reach(url, {
    method,
    keepalive: body.length < KEPT_ALIVE,
    headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken(), Accept: "application/json" },
    body,
  });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw refusal(response, answer);
  return answer as T;
}

export async function getJson<T>(url: string): Promise<T> {
  const response = await reach(url, { headers: { Accept: "application/json" } });
  const answer = (await response.json().catch(() => ({}))) as Record<string, unknown>;
  if (!response.ok) throw refusal(response, answer);
  return answer as T;
}

/** A piece of a page, as the server renders it. What a small form sends outlives its page. */
export async function fragment(url: string, form?: FormData): Promise<string> {
  const headers = { "X-Fragment": "1", "X-CSRFToken": csrfToken() };
  const options = form ? { method: "POST", body: form, headers, keepalive: sizeOf(form) < KEPT_ALIVE } : { headers };
  const response = await reach(url, options);
  const text = await response.text();
  if (!response.ok) throw refusal(response, { detail: firstSentence(text) });
  return text;
}

/** HTML of our own server as nodes. Scripts in it do not run. */
export function parse(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

function sizeOf(form: FormData): number {
  return [...form.values()].reduce((sum, value) => sum + new Blob([value]).size, 0);
}

function csrfToken(): string {
  return find<HTMLMetaElement>("meta[name=csrf-token]")?.content ?? "";
}

async function reach(url: string, options: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: "same-origin", ...options });
  } catch (error) {
    throw new Offline(String(error));
  }
}

function refusal(response: Response, body: Record<string, unknown>): Refused {
  const detail = body["detail"] as string | undefined;
  const waits = Number(response.headers.get("Retry-After") ?? 0);
  return new Refused(detail || plainly(response.status, waits), response.status, body, waits);
}

function plainly(status: number, waits: number): string {
  if (status === 429) return `Too many requests. Try again in ${waits || 60} s.`;
  if (status === 401 || status === 403) return "You are signed out. Sign in again; what you typed stays here.";
  if (status === 413) return "This is too large: at most 64 KB can be sent.";
  return "Something broke on our side, and this may not be stored. What you typed stays here; try again.";
}

function firstSentence(html: string): string {
  return new DOMParser().parseFromString(html, "text/html").querySelector("[data-message]")?.textContent?.trim() ?? "";
}
