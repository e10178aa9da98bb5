// @ts-check
/** Observations of practice, kept on this phone until the server has them; checklists, members and my own record as last fetched. */

import { tell } from "../../changes.js";
import { uuid7, vietnamDay } from "../../ids.js";
import { answer, remember, rememberSealed, sealed, sealedSetting, setting, transact, unsealed } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

const PREFIX = "later.practice.";
const ALL = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
const KEEP_MS = 14 * 86_400_000;
const PULL_EVERY_MS = 3_600_000;
const BATCH = 50;

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{code: string, version: number, title: Words, points: (Words & {id: string})[]}} Checklist
 * @typedef {{volunteer: string, name: string, team: string, team_name: string}} Member
 * @typedef {{volunteer: string, team: string, day: string, checklist: string, version: number, marks: Record<string, string>, note: string}} Observation
 * @typedef {{key: string, id: string, sealed: any, unsent: boolean, code: string, at: number}} Row
 */

/** @returns {Promise<{checklists: Checklist[], members: Member[], own: any} | undefined>} as the phone last heard of it */
export function known() {
  return sealedSetting("growth");
}

/** @returns {Promise<(Observation & {id: string, unsent: boolean, code: string, at: number})[]>} what this phone noted, the latest first */
export async function noted() {
  const opened = await Promise.all((await rows()).map(open));
  return opened.filter((one) => one !== null).sort((one, other) => other.at - one.at);
}

/** Notes an observation; on the disk when this resolves. @param {Omit<Observation, "day">} told */
export async function note(told) {
  const id = uuid7();
  const key = PREFIX + id;
  const row = { key, id, sealed: await sealed(id, { ...told, day: vietnamDay() }), unsent: true, code: "", at: Date.now() };
  await transact(["settings"], "readwrite", (settings) => {
    settings.put(row, key);
  });
  tell("work");
}

/** Lets go of an observation that the server refused. @param {string} id */
export async function drop(id) {
  await transact(["settings"], "readwrite", async (settings) => {
    const row = await answer(settings.get(PREFIX + id));
    if (row && !row.unsent) settings.delete(PREFIX + id);
  });
  tell("work");
}

/** Hands in what waits, and fetches what is known if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const sent = await handIn(token);
  await dropOld();
  const last = (await setting("growthAt")) ?? 0;
  if (!always && !sent && Date.now() - last < PULL_EVERY_MS) return;
  const reply = await call("/growth", { token });
  if (!reply.ok || !reply.body) throw new Unreachable(`growth ${reply.status}`);
  await rememberSealed("growth", reply.body);
  await remember({ growthAt: Date.now() });
  tell("work");
}

/** @param {string} token @returns {Promise<boolean>} whether anything was sent */
async function handIn(token) {
  const waiting = (await noted()).filter((one) => one.unsent).slice(-BATCH);
  if (waiting.length === 0) return false;
  const observations = waiting.map(({ unsent, code, at, ...told }) => told);
  const reply = await call("/growth/observations", { method: "POST", token, json: { observations } });
  if (!reply.ok || !reply.body) throw new Unreachable(`observations ${reply.status}`);
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

/** @returns {Promise<Row[]>} */
function rows() {
  return transact(["settings"], "readonly", (settings) => answer(settings.getAll(ALL)));
}

/** @param {Row} row @returns {Promise<any>} */
async function open({ id, sealed: held, unsent, code, at }) {
  try {
    return { ...(await unsealed(id, held)), id, unsent, code, at };
  } catch {
    return null;
  }
}
