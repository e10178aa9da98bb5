// @ts-check
/** What the phone knows without a network: procedure cards, VNeID guides, languages, short forms, notices. */

import { tell } from "./changes.js";
import { answer, remember, setting, transact } from "./store.js";
import { call, Unreachable } from "./transport.js";

const PULL_EVERY_MS = 900_000;
export const STALE_MS = 30 * 86_400_000;
const LISTS = ["guides", "languages", "abbreviations", "places", "notices"];

/**
 * Fetches what changed since the last time, if that was a while ago.
 * @param {string} token @param {boolean} [always]
 */
export async function refresh(token, always = false) {
  const last = (await setting("referenceAt")) ?? 0;
  if (!always && Date.now() - last < PULL_EVERY_MS) return;
  const cursor = (await setting("cursor")) ?? "";
  const reply = await call(`/reference?cursor=${encodeURIComponent(cursor)}`, { token });
  if (!reply.ok || !reply.body) throw new Unreachable(`reference ${reply.status}`);
  await take(reply.body);
  tell("reference");
}

/** @returns {Promise<any[]>} */
export function cards() {
  return transact(["cards"], "readonly", (store) => answer(store.getAll()));
}

/** @param {string} code @returns {Promise<any>} */
export function card(code) {
  return transact(["cards"], "readonly", (store) => answer(store.get(code)));
}

/** @param {"guides" | "languages" | "abbreviations" | "places" | "notices"} name @returns {Promise<any>} */
export async function list(name) {
  return (await setting(`reference.${name}`)) ?? (name === "guides" ? {} : []);
}

/** @returns {Promise<number>} when the phone last heard that its cards are current, in milliseconds; 0 for never */
export async function refreshedAt() {
  return (await setting("referenceAt")) ?? 0;
}

/** @param {any} body the answer of GET /reference */
async function take(body) {
  await transact(["cards"], "readwrite", (store) => {
    if (body.full) store.clear();
    for (const code of body.withdrawn ?? []) store.delete(code);
    for (const fresh of body.procedures ?? []) store.put(fresh);
  });
  // The cursor is written last: a crash in between means the same pull again, never a gap.
  const lists = LISTS.filter((name) => isNews(body, name)).map((name) => [`reference.${name}`, body[name]]);
  await remember({ ...Object.fromEntries(lists), cursor: body.cursor, referenceAt: Date.now() });
}

/** An empty list in a partial answer says "nothing new"; notices are always whole. @param {any} body @param {string} name */
function isNews(body, name) {
  if ((body[name] ?? null) === null) return false;
  return body.full || name === "notices" || Object.keys(body[name]).length > 0;
}
