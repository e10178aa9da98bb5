// @ts-check
/** Work that waits beside the outbox: check-ins, attendance, lessons and quizzes, observations, receipts, proposals, wrong answers. Each is a row of the settings with `unsent`. */

import * as shifts from "./shifts.js";
import { answer, transact } from "./store.js";

/** What came after sign-in; until a script is here, nothing of its kind waits. */
const AREAS = [
  () => import("./later/events/notes.js"),
  () => import("./later/safety/exchange.js"),
  () => import("./later/learn/exchange.js"),
  () => import("./later/growth/practice.js"),
  () => import("./later/visits/kept.js"),
  () => import("./later/initiatives/kept.js"),
  () => import("./later/assist/pack.js"),
  () => import("./later/better/told.js"),
];

/** Hands in what waits and fetches what is new, area by area; one that fails does not hold up the others. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const areas = [shifts, ...(await Promise.all(AREAS.map((load) => load().catch(() => null))))];
  let failed = null;
  for (const area of areas) await area?.exchange(token, always).catch((error) => (failed ??= error));
  if (failed) throw failed;
}

/** @returns {Promise<number>} what the server does not have yet */
export async function unsent() {
  const rows = await transact(["settings"], "readonly", (settings) => answer(settings.getAll()));
  return rows.filter((row) => row?.unsent === true).length;
}

/** The server was restored from a backup: hand in again what this phone still knows. */
export async function sendAgain() {
  await transact(["settings"], "readwrite", async (settings) => {
    const [keys, rows] = [await answer(settings.getAllKeys()), await answer(settings.getAll())];
    for (const [at, row] of rows.entries()) if (typeof row?.unsent === "boolean") settings.put({ ...row, unsent: true, code: "" }, keys[at]);
  });
}
