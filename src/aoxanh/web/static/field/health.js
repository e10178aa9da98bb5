// @ts-check
/** Whether this phone is fit for the work: its clock, its storage, the network. */

import { setting } from "./store.js";

const SKEW_LIMIT_MS = 600_000;
const FULL_SHARE = 0.8;

/** @returns {Promise<number>} minutes the phone's clock is wrong by (positive: fast), 0 when within ten minutes */
export async function clockMinutesOff() {
  const skew = (await setting("skew")) ?? 0;
  const lastSync = (await setting("lastSync")) ?? 0;
  // A clock that stands before the last sync is wrong, whatever was measured then.
  if (lastSync - Date.now() > SKEW_LIMIT_MS) return -Math.round((lastSync - Date.now()) / 60_000);
  return Math.abs(skew) > SKEW_LIMIT_MS ? Math.round(skew / 60_000) : 0;
}

/** @returns {Promise<boolean>} */
export async function storageIsNearlyFull() {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota > 0 && usage / quota > FULL_SHARE;
}

/** @returns {Promise<boolean>} whether the browser promised not to throw the data away when space is short */
export async function isProtected() {
  return (await navigator.storage?.persisted?.()) ?? false;
}

/** Asks for that promise; browsers like to be asked after a tap. */
export async function protect() {
  return (await navigator.storage?.persist?.()) ?? false;
}

/** A hint only: phones claim a network where nothing gets through. */
export function seemsOnline() {
  return navigator.onLine;
}
