// @ts-check
/** Which warnings I have read: kept on this phone until the server has it, and told exactly once. */

import { tell } from "../../changes.js";
import { uuid7 } from "../../ids.js";
import * as reference from "../../reference.js";
import { answer, sealed, setting, transact, unsealed } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

const PREFIX = "reading.";
const ALL = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
const KEEP_MS = 200 * 86_400_000;
const BATCH = 50;

/** @typedef {{id: string, notice: string, sealed: any, unsent: boolean, at: number, sentAt: number}} Row */

/** @returns {Promise<Map<string, Row>>} what this phone noted, by warning */
export async function noted() {
  return new Map((await rows()).map((row) => [row.notice, row]));
}

/** Notes that I have read a warning; on the disk when this resolves. @param {string} notice */
export async function read(notice) {
  if ((await noted()).has(notice)) return;
  const id = uuid7();
  const now = Date.now();
  const row = { id, notice, sealed: await sealed(id, { read_at: now }), unsent: true, at: now, sentAt: 0 };
  const list = (await reference.list("notices")).map((/** @type {any} */ one) => (one.id === notice ? { ...one, read: true } : one));
  await transact(["settings"], "readwrite", (settings) => {
    settings.put(row, PREFIX + notice);
    settings.put(list, "reference.notices");
  });
  tell("work");
}

/** Throws Unreachable. @param {string} token */
export async function handIn(token) {
  await rouse();
  const waiting = (await rows()).filter((row) => row.unsent).slice(0, BATCH);
  if (waiting.length === 0) return;
  const told = await Promise.all(waiting.map(async (row) => ({ id: row.id, notice: row.notice, ...(await unsealed(row.id, row.sealed)) })));
  const reply = await call("/safety/readings", { method: "POST", token, json: { readings: told } });
  if (reply.status >= 500) throw new Unreachable(`readings ${reply.status}`);
  if (!reply.ok || !reply.body) return;
  const answered = new Set(reply.body.results.map((/** @type {{id: string}} */ one) => one.id));
  await transact(["settings"], "readwrite", (settings) => {
    for (const row of waiting) if (answered.has(row.id)) settings.put({ ...row, unsent: false, sentAt: Date.now() }, PREFIX + row.notice);
  });
  tell("work");
}

/** What the server, asked after it was told, says is unread was lost there (a restored backup): tell it again. Old rows go. */
async function rouse() {
  const unread = new Set((await reference.list("notices")).filter((/** @type {any} */ one) => !one.read).map((/** @type {any} */ one) => one.id));
  const asked = (await setting("referenceAt")) ?? 0;
  await transact(["settings"], "readwrite", async (settings) => {
    for (const row of await answer(settings.getAll(ALL))) {
      if (!row.unsent && unread.has(row.notice) && row.sentAt < asked) settings.put({ ...row, unsent: true }, PREFIX + row.notice);
      else if (!row.unsent && row.at < Date.now() - KEEP_MS) settings.delete(PREFIX + row.notice);
    }
  });
}

/** @returns {Promise<Row[]>} */
function rows() {
  return transact(["settings"], "readonly", (settings) => answer(settings.getAll(ALL)));
}
