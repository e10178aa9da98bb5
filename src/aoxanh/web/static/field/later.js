// @ts-check
/** What screens of the second shelf hand in: kept under "later.<area>.<id>" and counted here, whether their script is here or not. */

import { answer, transact } from "./store.js";

const ALL = IDBKeyRange.bound("later.", "later.\uffff");
const AREAS = [() => import("./later/growth/practice.js")];

/** Hands in what waits and fetches what is new, area by area. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  for (const load of AREAS) {
    // A phone that has not fetched the second shelf yet has nothing to hand in from it.
    const area = await load().catch(() => null);
    await area?.exchange(token, always);
  }
}

/** @returns {Promise<number>} what the server does not have yet */
export async function unsent() {
  const rows = await transact(["settings"], "readonly", (settings) => answer(settings.getAll(ALL)));
  return rows.filter((row) => row.unsent).length;
}

/** The server was restored from a backup: hand in again what this phone still knows. */
export async function sendAgain() {
  await transact(["settings"], "readwrite", async (settings) => {
    for (const row of await answer(settings.getAll(ALL))) settings.put({ ...row, unsent: true, code: "" }, row.key);
  });
}
