// @ts-check
/** Wrong answers and questions without one: kept on this phone until the server has them, and told exactly once. */

import { tell } from "../../changes.js";
import { uuid7 } from "../../ids.js";
import * as reference from "../../reference.js";
import { answer, sealed, transact, unsealed } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

const PREFIX = "better.";
const ALL = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
const KEEP_MS = 60 * 86_400_000;
const BATCH = 20;

/** @typedef {{key: string, id: string, kind: "flags" | "questions", sealed: any, unsent: boolean, code: string, at: number}} Row */

/** Calls an answer wrong; on the disk when this resolves. @param {{code: string, slot: string, approved: number, reason: string}} told */
export async function flag(told) {
  const card = await reference.card(told.code);
  if (card) await keep("flags", { ...told, version: card.version, made_at: Date.now() });
}

/** Sends a question to the province, once there is a network. @param {{text: string, why: "outside" | "none", offered: string[]}} told */
export async function send(told) {
  await keep("questions", { ...told, offered: told.offered.slice(0, 10) });
}

/** Hands in what waits. Throws Unreachable. @param {string} token */
export async function exchange(token) {
  await handIn(token, "flags");
  await handIn(token, "questions");
  await dropOld();
}

/** @param {"flags" | "questions"} kind @param {any} told */
async function keep(kind, told) {
  const id = uuid7();
  const key = `${PREFIX}${kind}.${id}`;
  const row = { key, id, kind, sealed: await sealed(id, told), unsent: true, code: "", at: Date.now() };
  await transact(["settings"], "readwrite", (settings) => {
    settings.put(row, key);
  });
  tell("work");
}

/** @param {string} token @param {"flags" | "questions"} kind */
async function handIn(token, kind) {
  const waiting = (await rows()).filter((row) => row.unsent && row.kind === kind).slice(0, BATCH);
  if (waiting.length === 0) return;
  const told = await Promise.all(waiting.map(async (row) => ({ ...(await unsealed(row.id, row.sealed)), id: row.id })));
  const reply = await call(`/assistant/${kind}`, { method: "POST", token, json: { [kind]: told } });
  if (reply.status >= 500) throw new Unreachable(`${kind} ${reply.status}`);
  if (!reply.ok || !reply.body) return;
  /** @type {Map<string, {status: string, code: string}>} */
  const results = new Map(reply.body.results.map((/** @type {any} */ one) => [one.id, one]));
  await transact(["settings"], "readwrite", (settings) => {
    for (const row of waiting) {
      const result = results.get(row.id);
      if (result) settings.put({ ...row, unsent: false, code: result.code }, row.key);
    }
  });
  tell("work");
}

/** What was told long ago goes; until then a restored server can be told again. */
async function dropOld() {
  await transact(["settings"], "readwrite", async (settings) => {
    for (const row of await answer(settings.getAll(ALL))) if (!row.unsent && row.at < Date.now() - KEEP_MS) settings.delete(row.key);
  });
}

/** @returns {Promise<Row[]>} */
function rows() {
  return transact(["settings"], "readonly", (settings) => answer(settings.getAll(ALL)));
}
