// @ts-check
// Questions to the server, and its refusals.

import { toast } from "./notices.js";

export class Failure extends Error {
  /** @param {number} status @param {string} message @param {string | null} hint */
  constructor(status, message, hint) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/** @param {string} path @param {Record<string, string | number | null | undefined>} params */
export function address(path, params) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== null && value !== undefined) query.set(key, String(value));
  return query.size ? `${path}?${query}` : path;
}

/** @param {string} url @param {RequestInit} [options] */
export async function ask(url, options) {
  const answer = await fetch(url, options);
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const body = await answer.json().catch(() => ({}));
  throw new Failure(answer.status, body.message ?? "vanthu không trả lời được yêu cầu này.", body.hint ?? null);
}

/** Tells the user of a failure, unless it is of no account: 410 says that a newer state is on its way. */
export function report(/** @type {any} */ error) {
  if (error?.name === "AbortError" || error?.status === 410) return;
  if (error instanceof Failure) toast(error.hint ? `${error.message} ${error.hint}` : error.message);
  else if (!(error instanceof TypeError)) throw error; // TypeError: no connection; the bar says so already
}
