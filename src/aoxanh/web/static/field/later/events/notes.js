// @ts-check
/** Who was at a training session, noted on this phone until the server has it; and what the phone knows of sessions. */

import { tell } from "../../changes.js";
import { uuid7 } from "../../ids.js";
import { answer, remember, rememberSealed, sealed, sealedSetting, setting, transact, unsealed } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

// Beside those of shifts, which count and send again everything whose name begins with "checkin".
const PREFIX = "checkin-event.";
const ALL = IDBKeyRange.bound(PREFIX, `${PREFIX}\uffff`);
const MARK = "aoxanh.phone";
const KEEP_MS = 14 * 86_400_000;
const PULL_EVERY_MS = 600_000;
const BATCH = 100;

/**
 * @typedef {{commune: string, point: string | null, volunteer: string | null, code: string, noted_at: number, label: string}} Told
 * @typedef {Told & {id: string, unsent: boolean, status: string, why: string}} Note
 * @typedef {{commune: string, id: string, place: string, address: string}} Point
 * @typedef {{id: string, title: string, state: string, link: string, starts_at: number, ends_at: number, points: Point[], mine: {state: string, why: string, arrived_at: number} | null}} Session
 * @typedef {{commune: string, id: string, event: string, title: string, place: string, starts_at: number, ends_at: number, spoken_key: string, people: {id: string, name: string}[]}} Hosted
 */

/** @returns {Promise<{events: Session[], hosting: Hosted[]}>} as the phone last heard of them */
export async function known() {
  return (await sealedSetting("events")) ?? { events: [], hosting: [] };
}

/** @returns {Promise<Note[]>} what this phone noted, the latest first */
export async function notes() {
  const opened = await Promise.all((await rows()).map(open));
  return opened.filter((one) => one !== null).sort((one, other) => other.noted_at - one.noted_at);
}

/** Notes somebody; on the disk when this resolves. @param {Partial<Told>} told */
export async function note(told) {
  const id = uuid7();
  const whole = { commune: "", point: null, volunteer: null, code: "", label: "", ...told, noted_at: Date.now() };
  const row = { id, sealed: await sealed(id, whole), unsent: true, status: "", why: "", code: "", at: Date.now() };
  await transact(["settings"], "readwrite", (settings) => {
    settings.put(row, PREFIX + id);
  });
  tell("work");
}

/** Hands in what waits and fetches what is on. Throws Unreachable. @param {string} token @param {boolean} [always] */
export async function exchange(token, always = false) {
  const sent = await handIn(token);
  await dropOld();
  const last = (await setting("eventsAt")) ?? 0;
  if (!always && !sent && Date.now() - last < PULL_EVERY_MS) return;
  const reply = await call("/attendance", { token });
  if (!reply.ok || !reply.body) throw new Unreachable(`attendance ${reply.status}`);
  await rememberSealed("events", { events: reply.body.events, hosting: reply.body.hosting });
  await remember({ eventsAt: Date.now() });
  tell("work");
}

/** @param {string} token @returns {Promise<boolean>} whether anything was sent */
async function handIn(token) {
  const waiting = (await notes()).filter((one) => one.unsent).slice(-BATCH);
  if (waiting.length === 0) return false;
  const attendances = waiting.map(({ id, commune, point, volunteer, code, noted_at }) => ({ id, commune, point, volunteer, code, noted_at }));
  const reply = await call("/attendance", { method: "POST", token, json: { sent_at: Date.now(), phone: mark(), attendances } });
  if (!reply.ok || !reply.body) throw new Unreachable(`attendance ${reply.status}`);
  await settle(reply.body.results);
  return true;
}

/** @param {{id: string, status: string, code: string}[]} results */
async function settle(results) {
  await transact(["settings"], "readwrite", async (settings) => {
    for (const one of results) {
      const held = await answer(settings.get(PREFIX + one.id));
      if (held) settings.put({ ...held, unsent: false, status: one.status, why: one.code }, PREFIX + one.id);
    }
  });
}

/** @returns {string} a random mark of this browser, the same whoever is signed in: one phone cannot be forty people */
function mark() {
  const held = localStorage.getItem(MARK) ?? crypto.randomUUID();
  localStorage.setItem(MARK, held);
  return held;
}

async function dropOld() {
  const limit = Date.now() - KEEP_MS;
  await transact(["settings"], "readwrite", async (settings) => {
    for (const row of await answer(settings.getAll(ALL))) if (!row.unsent && row.at < limit) settings.delete(PREFIX + row.id);
  });
}

function rows() {
  return transact(["settings"], "readonly", (settings) => answer(settings.getAll(ALL)));
}

/** @param {any} row @returns {Promise<Note | null>} */
async function open(row) {
  try {
    const told = await unsealed(row.id, row.sealed);
    return { ...told, id: row.id, unsent: row.unsent, status: row.status, why: row.why };
  } catch {
    return null;
  }
}
