// @ts-check
/** What was seen on visits, kept on this phone until the server has it; the plan and the checklist as last fetched. */

import { vietnamDay } from "../../ids.js";
import { sealedSetting } from "../../store.js";
import { pull, queue } from "../queue.js";

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{version: number, title: Words, points: (Words & {id: string})[]}} Checklist
 * @typedef {{id: string, commune: string, day: string, half: string, state: string}} Visit
 * @typedef {{visit: string, day: string, version: number, marks: Record<string, string>, note: string}} Seen
 */

/** @type {ReturnType<typeof queue<Seen>>} */
const held = queue({ prefix: "later.visit.", path: "/visits/reports", list: "reports", batch: 50 });

export const { noted, drop } = held;

/** @returns {Promise<{checklist: Checklist, visits: Visit[]} | undefined>} as the phone last heard of it */
export function known() {
  return sealedSetting("visits");
}

/** Notes what was seen; on the disk when this resolves. @param {Omit<Seen, "day">} told */
export function note(told) {
  return held.note({ ...told, day: vietnamDay() });
}

/** Hands in what waits, and fetches the plan if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const sent = await held.handIn(token);
  await pull("visits", "/visits", token, always || sent);
}
