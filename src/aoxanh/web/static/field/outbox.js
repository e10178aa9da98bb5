// @ts-check
/** The outbox: records that the server has not yet acknowledged, and sealed copies of those it has. */

import { tell } from "./changes.js";
import { answer, sealed, transact, unsealed } from "./store.js";

export const KEEP_COPIES_MS = 14 * 86_400_000;
const DEFER_MS = 86_400_000;
const UNSENT = "aoxanh.unsent";
const SETTLED = ["accepted", "already"];

/**
 * @typedef {{code: string, field?: string, message?: string, remedy?: string}} Refusal
 * @typedef {"waiting" | "rejected" | "deferred" | "sent"} State
 * @typedef {{id: string, seq: number, state: State, savedAt: number, sealed: any, error: Refusal | null, until?: number, app?: string}} Row
 * @typedef {{record: any, state: State, error: Refusal | null, savedAt: number}} Work
 * @typedef {{id: string | null, status: string, error: Refusal | null}} Result
 */

/**
 * Writes records and takes their numbers in one transaction; when this resolves they are on the disk.
 * A record that stands in the outbox already (one that was refused and is now corrected) is replaced.
 * @param {any[]} records @param {{instead?: string}} [how] `instead`: id of a refused record that this one replaces
 */
export async function save(records, { instead } = {}) {
  const rows = await Promise.all(records.map(async (record) => ({ id: record.id, sealed: await sealed(record.id, record) })));
  await transact(["settings", "outbox"], "readwrite", async (settings, outbox) => {
    let seq = (await answer(settings.get("seq"))) ?? 0;
    if (instead) outbox.delete(instead);
    for (const row of rows) {
      seq += 1;
      outbox.put({ ...row, seq, state: "waiting", savedAt: Date.now(), error: null });
    }
    settings.put(seq, "seq");
  });
  tell("work");
}

/** Lets go of a refused record, which the server never stored; anything else stays. @param {string} id */
export async function discard(id) {
  await transact(["outbox"], "readwrite", async (outbox) => {
    const row = await answer(outbox.get(id));
    if (row?.state === "rejected") outbox.delete(id);
  });
  tell("work");
}

/** Hands refused records in again whose reason may be gone. @param {string[]} codes */
export async function retry(codes) {
  await transact(["outbox"], "readwrite", async (outbox) => {
    for (const row of await answer(outbox.getAll())) if (row.state === "rejected" && codes.includes(row.error?.code)) outbox.put({ ...row, state: "waiting", error: null });
  });
  tell("work");
}

/** @returns {Promise<{waiting: number, rejected: number}>} what has not been acknowledged; deferred counts as waiting */
export async function counts() {
  const rows = await transact(["outbox"], "readonly", (outbox) => answer(outbox.getAll()));
  const rejected = rows.filter((row) => row.state === "rejected").length;
  return { waiting: rows.length - rejected, rejected };
}

/** Notes how much is unsent in a place that outlives the database. @param {number} count */
export function noteUnsent(count) {
  localStorage.setItem(UNSENT, String(count));
}

/** @returns {number} how much was unsent when that was last noted */
export function notedUnsent() {
  return Number(localStorage.getItem(UNSENT) ?? 0);
}

/** @returns {Promise<Work[]>} all work on this phone, newest first; rows that cannot be opened are left out */
export async function work() {
  const [waiting, sent] = await transact(["outbox", "sent"], "readonly", (outbox, copies) =>
    Promise.all([answer(outbox.getAll()), answer(copies.getAll())]),
  );
  const opened = await Promise.all([...waiting, ...sent.map((row) => ({ ...row, state: "sent" }))].map(openRow));
  return opened.filter((item) => item !== null).sort((a, b) => b.savedAt - a.savedAt);
}

/**
 * @param {number} limit @param {number} maxBytes @param {string} app this app's version: an update may make deferred ones readable
 * @returns {Promise<{rows: Row[], records: any[]}>} the next records to send, oldest number first
 */
export async function nextBatch(limit, maxBytes, app) {
  const rows = await transact(["outbox"], "readonly", (outbox) => answer(outbox.getAll()));
  const due = rows.filter((row) => isDue(row, app)).sort((a, b) => a.seq - b.seq);
  const batch = { rows: /** @type {Row[]} */ ([]), records: /** @type {any[]} */ ([]) };
  let bytes = 0;
  for (const row of due.slice(0, limit)) {
    const item = await openRow(row);
    if (!item) continue;
    const record = { ...item.record, seq: row.seq };
    bytes += new TextEncoder().encode(JSON.stringify(record)).length + 1;
    if (bytes > maxBytes && batch.rows.length > 0) break;
    batch.rows.push(row);
    batch.records.push(record);
  }
  return batch;
}

/**
 * Does what the server's answer allows, in one transaction: acknowledged records move to the copies, refused ones stay.
 * @param {Row[]} rows what was sent @param {Result[]} results in the same order @param {string} app
 * @returns {Promise<number>} how many the server answered for
 */
export async function settle(rows, results, app) {
  const now = Date.now();
  const settled = await transact(["outbox", "sent"], "readwrite", async (outbox, copies) => {
    let answered = 0;
    for (const [index, row] of rows.entries()) {
      const result = resultFor(row, index, results);
      const held = await answer(outbox.get(row.id));
      // Saved anew while the request was under way: the answer is about the older text.
      if (!result || held?.seq !== row.seq) continue;
      answered += 1;
      if (SETTLED.includes(result.status)) {
        outbox.delete(row.id);
        copies.put({ id: row.id, seq: row.seq, sealed: row.sealed, savedAt: row.savedAt, sentAt: now });
      } else if (result.status === "deferred") outbox.put({ ...held, state: "deferred", error: result.error, until: now + DEFER_MS, app });
      else outbox.put({ ...held, state: "rejected", error: result.error ?? { code: "unreadable" } });
    }
    return answered;
  });
  tell("work");
  return settled;
}

/** The server was restored from a backup: hand in the copies again. @param {string} epoch the server's new one */
export async function sendCopiesAgain(epoch) {
  await transact(["settings", "outbox", "sent"], "readwrite", async (settings, outbox, copies) => {
    for (const copy of await answer(copies.getAll())) {
      outbox.put({ id: copy.id, seq: copy.seq, state: "waiting", savedAt: copy.savedAt, sealed: copy.sealed, error: null });
    }
    copies.clear();
    settings.put(epoch, "epoch");
  });
  tell("work");
}

/** The phone's storage was rolled back or copied: become another device, number the waiting records anew, keep their ids. @param {string} device */
export async function becomeDevice(device) {
  await transact(["settings", "outbox"], "readwrite", async (settings, outbox) => {
    const rows = (await answer(outbox.getAll())).sort((a, b) => a.seq - b.seq);
    rows.forEach((row, index) => outbox.put({ ...row, seq: index + 1 }));
    settings.put(rows.length, "seq");
    settings.put(device, "device");
    settings.delete("token");
  });
}

/** Drops copies older than 14 days. */
export async function dropOldCopies() {
  const limit = Date.now() - KEEP_COPIES_MS;
  await transact(["sent"], "readwrite", async (copies) => {
    for (const copy of await answer(copies.getAll())) if (copy.sentAt < limit) copies.delete(copy.id);
  });
}

/** @param {Row} row @param {string} app */
function isDue(row, app) {
  return row.state === "waiting" || (row.state === "deferred" && ((row.until ?? 0) < Date.now() || row.app !== app));
}

/** @param {Row} row @param {number} index @param {Result[]} results */
function resultFor(row, index, results) {
  const inOrder = results[index];
  if (inOrder && (inOrder.id === row.id || inOrder.id === null)) return inOrder;
  return results.find((result) => result.id === row.id);
}

/** @param {Row} row @returns {Promise<Work | null>} */
async function openRow(row) {
  try {
    return { record: await unsealed(row.id, row.sealed), state: row.state, error: row.error ?? null, savedAt: row.savedAt };
  } catch {
    return null;
  }
}
