// @ts-check
/** Small memories that save taps: steps ticked on a card, the usual place and length, which procedures come up often. */

import { answer, remember, setting, transact } from "./store.js";

const FORGET_MS = 4 * 3_600_000;

/** @typedef {{steps: number[], startedAt: number, version: number}} Draft */

/** @param {string} code @param {number} version @returns {Promise<Draft>} what was begun with this card in the last hours, or a new beginning */
export async function begun(code, version) {
  const held = await setting(`draft.${code}`);
  if (held && Date.now() - held.startedAt < FORGET_MS) return held;
  return { steps: [], startedAt: Date.now(), version };
}

/** @param {string} code @param {Draft} draft */
export function keep(code, draft) {
  return remember({ [`draft.${code}`]: draft });
}

/** @returns {Promise<{mode?: string, language?: string, minutes?: number}>} how this person worked the last time */
export async function habits(activity = "procedure") {
  const held = (await setting("habits")) ?? {};
  return { mode: held.mode, language: held.language, minutes: held.minutes?.[activity] };
}

/** @returns {Promise<Record<string, number>>} how often each procedure was recorded on this phone */
export async function uses() {
  return (await setting("uses")) ?? {};
}

/** Learns from a record that was just saved. @param {any} record */
export async function learn(record) {
  await transact(["settings"], "readwrite", async (settings) => {
    const held = (await answer(settings.get("habits"))) ?? {};
    const minutes = { ...held.minutes, [record.activity]: record.minutes };
    settings.put({ mode: record.mode, language: record.language, minutes }, "habits");
    if (!record.procedure) return;
    const counts = (await answer(settings.get("uses"))) ?? {};
    settings.put({ ...counts, [record.procedure]: (counts[record.procedure] ?? 0) + 1 }, "uses");
    settings.delete(`draft.${record.procedure}`);
  });
}
