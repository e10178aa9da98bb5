// @ts-check
/** What was seen on visits, kept on this phone until the server has it; the plan and the checklist as last fetched. */

import { tell } from "../../changes.js";
import { uuid7, vietnamDay } from "../../ids.js";
import { answer, remember, rememberSealed, sealed, sealedSetting, setting, transact, unsealed } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

const PREFIX = "later.visit.";
const ALL = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
const KEEP_MS = 14 * 86_400_000;
const PULL_EVERY_MS = 3_600_000;
const BATCH = 50;

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{version: number, title: Words, points: (Words & {id: string})[]}} Checklist
 * @typedef {{id: string, commune: string, day: string, half: string, state: string}} Visit
 * @typedef {{id: string, visit: string, day: string, version: number, marks: Record<string, string>, note: string, unsent: boolean, code: string, at: number}} Seen
 */

/** @returns {Promise<{checklist: Checklist, visits: Visit[]} | undefined>} as the phone last heard of it */
export function known() {
  return sealedSetting("visits");
}

/** @returns {Promise<Seen[]>} what this phone noted, the latest first */
export async function noted() {
  const rows = await transact(["settings"], "readonly", (settings) => answer(settings.getAll(ALL)));
  const opened = await Promise.all(rows.map(open));
  return opened.filter((one) => one !== null).sort((one, other) => other.at - one.at);
}

/** Notes what was seen; on the disk when this resolves. @param {{visit: string, version: number, marks: Record<string, string>, note: string}} told */
export async function note(told) {
  const id = uuid7();
  const row = { key: PREFIX + id, id, sealed: await sealed(id, { ...told, day: vietnamDay() }), unsent: true, code: "", at: Date.now() };
  await transact(["settings"], "readwrite", (settings) => {
    settings.put(row, row.key);
  });
  tell("work");
}

/** Lets go of one that the server refused. @param {string} id */
export async function drop(id) {
  await transact(["settings"], "readwrite", async (settings) => {
    const row = await answer(settings.get(PREFIX + id));
    if (row && !row.unsent) settings.delete(PREFIX + id);
  });
  tell("work");
}

/** Hands in what waits, and fetches the plan if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const sent = await handIn(token);
  await dropOld();
  const last = (await setting("visitsAt")) ?? 0;
  if (!always && !sent && Date.now() - last < PULL_EVERY_MS) return;
  const reply = await call("/visits", { token });
  if (!reply.ok || !reply.body) throw new Unreachable(`visits ${reply.status}`);
  await rememberSealed("visits", reply.body);
  await remember({ visitsAt: Date.now() });
  tell("work");
}

/** @param {string} token @returns {Promise<boolean>} whether anything was sent */
async function handIn(token) {
  const waiting = (await noted()).filter((one) => one.unsent).slice(-BATCH);
  if (waiting.length === 0) return false;
  const reports = waiting.map(({ unsent, code, at, ...told }) => told);
  const reply = await call("/visits/reports", { method: "POST", token, json: { reports } });
  if (!reply.ok || !reply.body) throw new Unreachable(`visit reports ${reply.status}`);
  await transact(["settings"], "readwrite", async (settings) => {
    for (const { id, code } of reply.body.results) {
      const held = await answer(settings.get(PREFIX + id));
      if (held) settings.put({ ...held, unsent: false, code }, held.key);
    }
  });
  return true;
}

/** What the server took goes after two weeks; what it refused stays until somebody has read why. */
async function dropOld() {
  const limit = Date.now() - KEEP_MS;
  await transact(["settings"], "readwrite", async (settings) => {
    for (const row of await answer(settings.getAll(ALL))) if (!row.unsent && !row.code && row.at < limit) settings.delete(row.key);
  });
}

/** @param {any} row @returns {Promise<any>} */
async function open({ id, sealed: held, unsent, code, at }) {
  try {
    return { ...(await unsealed(id, held)), id, unsent, code, at };
  } catch {
    return null;
  }
}
