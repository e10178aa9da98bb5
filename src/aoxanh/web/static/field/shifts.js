// @ts-check
/** My shifts: what is next, and my coming and going, kept on this phone until the server has them. */

import { tell } from "./changes.js";
import { uuid7, vietnamDay } from "./ids.js";
import { answer, remember, rememberSealed, sealed, sealedSetting, setting, transact, unsealed } from "./store.js";
import { call, Unreachable } from "./transport.js";

const PREFIX = "checkin.";
const ALL = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
// Those of training sessions too (later/events/notes.js).
const EVERY = IDBKeyRange.bound("checkin", "checkin\uffff");
const KEEP_MS = 14 * 86_400_000;
const PULL_EVERY_MS = 900_000;
const BATCH = 50;

/**
 * @typedef {{arrived_at: number, left_at: number | null}} Presence
 * @typedef {{id: string, day: string, half: string, kind: string, seat: string, place: string, commune: string, team: string, presence: Presence | null}} Shift
 * @typedef {{id: string, sealed: any, edition: number, unsent: boolean, code: string, at: number}} Row
 * @typedef {{id: string, shift: string, edition: number, unsent: boolean, code: string} & Presence} CheckIn
 */

/** @returns {Promise<Shift[]>} my shifts from today on, as the phone last heard of them */
export async function coming() {
  const today = vietnamDay();
  return ((await sealedSetting("shifts")) ?? []).filter((/** @type {Shift} */ shift) => shift.day >= today);
}

/** @returns {Promise<Map<string, CheckIn>>} what this phone noted, by shift */
export async function checkIns() {
  const opened = await Promise.all((await rows()).map(open));
  return new Map(opened.filter((one) => one !== null).map((one) => [one.shift, one]));
}

/** Notes that I am there; on the disk when this resolves. @param {string} shift */
export async function arrive(shift) {
  if ((await checkIns()).has(shift)) return;
  await keep(uuid7(), { shift, arrived_at: Date.now(), left_at: null }, 1);
}

/** Notes that I go home. @param {Shift} shift */
export async function leave(shift) {
  const known = (await checkIns()).get(shift.id);
  // Another phone of mine may have told of the arrival.
  const arrived = known?.arrived_at ?? shift.presence?.arrived_at;
  if (!arrived || known?.left_at) return;
  await keep(known?.id ?? uuid7(), { shift: shift.id, arrived_at: arrived, left_at: Date.now() }, (known?.edition ?? 0) + 1);
}

/** Hands in what waits, and fetches the list if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} [always] */
export async function exchange(token, always = false) {
  const sent = await handIn(token);
  await dropOld();
  const last = (await setting("shiftsAt")) ?? 0;
  if (!always && !sent && Date.now() - last < PULL_EVERY_MS) return;
  const reply = await call("/shifts", { token });
  if (!reply.ok || !reply.body) throw new Unreachable(`shifts ${reply.status}`);
  await rememberSealed("shifts", reply.body.shifts);
  await rememberSealed("assigned", reply.body.assigned);
  await remember({ shiftsAt: Date.now() });
  tell("work");
}

/** @param {string} token @returns {Promise<boolean>} whether anything was sent */
async function handIn(token) {
  const opened = await Promise.all((await rows()).filter((row) => row.unsent).map(open));
  const waiting = opened.filter((one) => one !== null).slice(0, BATCH);
  if (waiting.length === 0) return false;
  const told = waiting.map(({ id, shift, arrived_at, left_at }) => ({ id, shift, arrived_at, left_at }));
  const reply = await call("/shifts/check-ins", { method: "POST", token, json: { check_ins: told } });
  if (!reply.ok || !reply.body) throw new Unreachable(`check-ins ${reply.status}`);
  await settle(waiting, reply.body.results);
  return true;
}

/** @param {CheckIn[]} waiting @param {{id: string, status: string, code: string}[]} results in the same order */
async function settle(waiting, results) {
  await transact(["settings"], "readwrite", async (settings) => {
    for (const [index, one] of waiting.entries()) {
      const held = await answer(settings.get(PREFIX + one.id));
      // Changed while the request was under way: the answer is about what was known before.
      if (!held || held.edition !== one.edition || results[index]?.id !== one.id) continue;
      settings.put({ ...held, unsent: false, code: results[index].code }, PREFIX + one.id);
    }
  });
}

/** @param {string} id @param {{shift: string} & Presence} told @param {number} edition */
async function keep(id, told, edition) {
  const row = { id, sealed: await sealed(id, told), edition, unsent: true, code: "", at: Date.now() };
  await transact(["settings"], "readwrite", (settings) => {
    settings.put(row, PREFIX + id);
  });
  tell("work");
}

async function dropOld() {
  const limit = Date.now() - KEEP_MS;
  await transact(["settings"], "readwrite", async (settings) => {
    for (const row of await answer(settings.getAll(ALL))) if (!row.unsent && row.at < limit) settings.delete(PREFIX + row.id);
  });
}

/** @returns {Promise<Row[]>} */
function rows(range = ALL) {
  return transact(["settings"], "readonly", (settings) => answer(settings.getAll(range)));
}

/** @param {Row} row @returns {Promise<CheckIn | null>} */
async function open(row) {
  try {
    return { ...(await unsealed(row.id, row.sealed)), id: row.id, edition: row.edition, unsent: row.unsent, code: row.code };
  } catch {
    return null;
  }
}
