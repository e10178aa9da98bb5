// @ts-check
/** What the assistant needs besides the cards: fetched when a newer version is there, kept on the phone, the same for everybody. */

import { remember, setting } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

const EVERY_MS = 900_000;

/** Fetches the pack if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const last = (await setting("assist.at")) ?? 0;
  if (!always && Date.now() - last < EVERY_MS) return;
  const held = (await setting("assist.version")) ?? "";
  const reply = await call(`/assistant/pack?held=${encodeURIComponent(held)}`, { token });
  if (reply.status !== 304 && !(reply.ok && reply.body)) throw new Unreachable(`assistant ${reply.status}`);
  await remember({ ...(reply.body ? { "assist.pack": reply.body, "assist.version": reply.body.version } : {}), "assist.at": Date.now() });
}

/** @returns {Promise<any>} as it was last fetched; nothing before the first sync */
export function pack() {
  return setting("assist.pack");
}
