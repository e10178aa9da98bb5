// @ts-check
/** Talking to the server: one request, its time limit, and an answer in plain form. */

const BASE = "/api/v1";
const PATIENCE_MS = 30_000;

/** @typedef {{status: number, ok: boolean, body: any, retryAfterMs: number, tookMs: number}} Answer */

/** The server could not be reached, or the answer did not arrive whole. What was asked may or may not have been done. */
export class Unreachable extends Error {}

/**
 * @param {string} path @param {{method?: string, token?: string, csrf?: string, json?: unknown}} [how] @returns {Promise<Answer>}
 */
export async function call(path, { method = "GET", token, csrf, json } = {}) {
  const headers = new Headers({ Accept: "application/json", "Accept-Language": document.documentElement.lang });
  if (token) headers.set("Authorization", `Bearer ${token}`);
  if (csrf) headers.set("X-CSRFToken", csrf);
  const body = json === undefined ? undefined : new TextEncoder().encode(JSON.stringify(json));
  if (body) {
    headers.set("Content-Type", "application/json");
    headers.set("Content-Digest", `sha-256=:${await digest(body)}:`);
  }
  // A token call carries no cookie: the device token alone says who it is.
  const credentials = token ? "omit" : "same-origin";
  const started = performance.now();
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS);
    const response = await fetch(BASE + path, { method, headers, body, credentials, signal, cache: "no-store", redirect: "error" });
    const text = await response.text();
    return {
      status: response.status,
      ok: response.ok,
      body: parsed(text),
      retryAfterMs: Number(response.headers.get("Retry-After") ?? 0) * 1000,
      tookMs: performance.now() - started,
    };
  } catch (error) {
    throw new Unreachable(String(error));
  }
}

/** @returns {Promise<string>} a fresh CSRF token; it is never kept in the stored page */
export async function csrfToken() {
  const answer = await call("/csrf");
  if (!answer.ok) throw new Unreachable(`csrf ${answer.status}`);
  return answer.body.token;
}

/** @param {Uint8Array<ArrayBuffer>} body @returns {Promise<string>} base64 of its SHA-256 */
async function digest(body) {
  return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.digest("SHA-256", body))));
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
