// @ts-check
/** What this phone keeps of learning: courses, what was read, quizzes begun and handed in; on the disk before a screen says so. */

import { tell } from "../../changes.js";
import { answer, sealed, sealedSetting, setting, transact, unsealed } from "../../store.js";
import { draw } from "./drawing.js";

export const READS = "learn.read.";
export const TRIES = "learn.try.";
const KEEP_MS = 30 * 86_400_000;
const FREE = ["misfit", "no_number", "not_read"];

/** Writes follow one another: an answer that is still being sealed must not land on top of the hand-in. */
let line = Promise.resolve();

/**
 * @typedef {{id: string, sealed: any, edition: number, unsent: boolean, code: string, at: number}} Row
 * @typedef {{course: string, module: string, part: number, seen_at: number, read_at: number | null, version: string}} Read
 * @typedef {{id: string, course: string, number: number, bank: string, started_at: number, handed_in_at: number | null, minutes: number, at: number,
 *   answers: Record<string, any>, questions: import("./drawing.js").Asked[]}} Try
 * @typedef {{id: string, course: string, number: number, received_at: number | null, score: number | null, passed: boolean | null, late: boolean, again: string[]}} Marked
 * @typedef {{code: string, version: string, bank: string, slots: {number: number, id: string}[], again_at: number | null}} Standing
 * @typedef {{courses: Standing[], reads: Read[], attempts: Marked[]}} State
 */

/** @returns {Promise<State>} what the server last said of this person's learning */
export async function state() {
  return (await sealedSetting("learn.state")) ?? { courses: [], reads: [], attempts: [] };
}

/** @param {string} code @returns {Promise<any>} a course with its items, as it was last fetched */
export function course(code) {
  return setting(`learn.course.${code}`);
}

/** @returns {Promise<any[]>} every course that is on this phone, in order */
export async function courses() {
  const found = await Promise.all((await state()).courses.map(({ code }) => course(code)));
  return found.filter(Boolean);
}

/** @returns {Promise<Map<string, Read>>} by "course/module": what this phone and all others know, the furthest and latest of both */
export async function reads() {
  const mine = (await opened(READS)).map(({ value }) => /** @type {Read} */ (value));
  const merged = new Map();
  for (const read of [...(await state()).reads, ...mine]) {
    const place = `${read.course}/${read.module}`;
    merged.set(place, joined(merged.get(place), read));
  }
  return merged;
}

/** Notes how far somebody came. @param {Read} read */
export function noteRead(read) {
  return inLine(async () => {
    const id = `${read.course}/${read.module}`;
    const known = (await opened(READS)).find((one) => one.row.id === id);
    await keep(READS, id, joined(known?.value, read), { edition: (known?.row.edition ?? 0) + 1, unsent: true });
  });
}

/** @param {Read | undefined} known @param {Read} read @returns {Read} */
function joined(known, read) {
  if (!known) return read;
  const latest = (known.read_at ?? 0) >= (read.read_at ?? 0) ? known : read;
  return { ...read, part: Math.max(known.part, read.part), seen_at: Math.max(known.seen_at, read.seen_at), read_at: latest.read_at, version: latest.version };
}

/** @param {string} code @returns {Promise<{value: Try, row: Row} | undefined>} the latest quiz of a course on this phone */
export async function latestTry(code) {
  const mine = (await opened(TRIES)).filter(({ value }) => value.course === code);
  return mine.sort((a, b) => b.value.number - a.value.number || b.value.started_at - a.value.started_at)[0];
}

/** @param {string} code @returns {Promise<Try | undefined>} the quiz that was begun on this phone and is not yet handed in, here or on another */
export async function underWay(code) {
  const latest = await latestTry(code);
  if (!latest || latest.value.handed_in_at || latest.row.code) return undefined;
  const elsewhere = (await state()).attempts.some((one) => one.course === code && one.received_at && one.number >= latest.value.number);
  return elsewhere ? undefined : latest.value;
}

/** @param {string} code @returns {Promise<{number: number, id: string}[]>} the start numbers that were not used on this phone */
export async function openSlots(code) {
  const standing = (await state()).courses.find((one) => one.code === code);
  const text = await course(code);
  if (!standing || text?.bank !== standing.bank) return [];
  const latest = await latestTry(code);
  const last = latest && !FREE.includes(latest.row.code) ? latest.value.number : 0;
  return standing.slots.filter(({ number }) => number > last);
}

/** Begins the next attempt; it is on the disk, questions and all, before the first one shows. @param {string} code @returns {Promise<Try | null>} */
export async function begin(code) {
  const [slot] = await openSlots(code);
  if (!slot) return null;
  const text = await course(code);
  const { questions: size, minutes } = text.examination;
  const questions = draw(text.items, slot.id, size);
  const value = { ...slot, course: code, bank: text.bank, started_at: Date.now(), handed_in_at: null, minutes, at: 0, answers: {}, questions };
  await keep(TRIES, slot.id, value, { edition: 1, unsent: true });
  return value;
}

/** Keeps answers and the place in the form, unless it was handed in meanwhile. @param {Try} value */
export function keepAnswers(value) {
  return inLine(async () => {
    const row = (await rows(TRIES)).find((one) => one.id === value.id);
    if (row?.edition === 1) await keep(TRIES, value.id, value, row);
  });
}

/** @param {Try} value */
export function handIn(value) {
  return inLine(() => keep(TRIES, value.id, { ...value, handed_in_at: Date.now() }, { edition: 2, unsent: true }));
}

/** @param {() => Promise<void>} work */
function inLine(work) {
  const done = line.then(work);
  line = done.catch(() => {});
  return done;
}

/** @param {string} prefix @returns {Promise<{row: Row, value: any}[]>} rows that can be opened */
export async function opened(prefix) {
  const open = async (/** @type {Row} */ row) => {
    try {
      return { row, value: await unsealed(row.id, row.sealed) };
    } catch {
      return null;
    }
  };
  return /** @type {any[]} */ ((await Promise.all((await rows(prefix)).map(open))).filter(Boolean));
}

/** Writes down what the server answered. @param {string} prefix @param {Row} row @param {string} code */
export function settle(prefix, row, code) {
  return change(async (settings) => {
    const held = await answer(settings.get(prefix + row.id));
    // Changed while the request was under way: the answer is about what was known before.
    if (held?.edition === row.edition) settings.put({ ...held, unsent: false, code }, prefix + row.id);
  });
}

/** Lets go of quizzes that were answered for long ago. */
export function dropOld() {
  const limit = Date.now() - KEEP_MS;
  return change(async (settings) => {
    for (const row of await answer(settings.getAll(range(TRIES)))) if (!row.unsent && row.edition > 1 && row.at < limit) settings.delete(TRIES + row.id);
  });
}

/** @param {string} prefix @param {string} id @param {any} value @param {{edition: number, unsent: boolean}} how */
async function keep(prefix, id, value, { edition, unsent }) {
  const row = { id, sealed: await sealed(id, value), edition, unsent, code: "", at: Date.now() };
  await change((settings) => {
    settings.put(row, prefix + id);
  });
  tell("learn");
}

/** @param {(settings: IDBObjectStore) => any} work */
function change(work) {
  return transact(["settings"], "readwrite", work);
}

/** @param {string} prefix @returns {Promise<Row[]>} */
function rows(prefix) {
  return transact(["settings"], "readonly", (settings) => answer(settings.getAll(range(prefix))));
}

/** @param {string} prefix */
function range(prefix) {
  return IDBKeyRange.bound(prefix, `${prefix}\uffff`);
}
