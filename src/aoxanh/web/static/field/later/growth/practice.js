// @ts-check
/** Observations of practice, kept on this phone until the server has them; checklists, members and my own record as last fetched. */

import { vietnamDay } from "../../ids.js";
import { sealedSetting } from "../../store.js";
import { pull, queue } from "../queue.js";

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{code: string, version: number, title: Words, points: (Words & {id: string})[]}} Checklist
 * @typedef {{volunteer: string, name: string, team: string, team_name: string}} Member
 * @typedef {{volunteer: string, team: string, day: string, checklist: string, version: number, marks: Record<string, string>, note: string}} Observation
 */

/** @type {ReturnType<typeof queue<Observation>>} */
const held = queue({ prefix: "later.practice.", path: "/growth/observations", list: "observations", batch: 50 });

export const { noted, drop } = held;

/** @returns {Promise<{checklists: Checklist[], members: Member[], own: any} | undefined>} as the phone last heard of it */
export function known() {
  return sealedSetting("growth");
}

/** Notes an observation; on the disk when this resolves. @param {Omit<Observation, "day">} told */
export function note(told) {
  return held.note({ ...told, day: vietnamDay() });
}

/** Hands in what waits, and fetches what is known if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const sent = await held.handIn(token);
  await pull("growth", "/growth", token, always || sent);
}
