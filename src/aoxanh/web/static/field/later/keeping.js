// @ts-check
/** What somebody tells of their work and hands in whole, kept on this phone until the server has it, beside what is fetched for it. */

import { tell } from "../changes.js";
import { uuid7, vietnamDay } from "../ids.js";
import { answer, remember, rememberSealed, sealed, sealedSetting, setting, transact, unsealed } from "../store.js";
import { call, Unreachable } from "../transport.js";

const KEEP_MS = 14 * 86_400_000;
const PULL_EVERY_MS = 3_600_000;
const BATCH = 50;

/** @typedef {{key: string, id: string, sealed: any, unsent: boolean, code: string, at: number}} Row */
/** @template Told @typedef {Told & {id: string, day: string, unsent: boolean, code: string, at: number}} Noted */

/**
 * @template Known what is fetched
 * @template {object} Told what is told
 * @param {{prefix: string, pull: string, push: string, list: string}} where the rows' names on this phone, the API's addresses, and the list's name there
 */
export function keeping({ prefix, pull, push, list }) {
  const all = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const name = pull.slice(1);
  const change = (/** @type {(settings: IDBObjectStore) => any} */ work) => transact(["settings"], "readwrite", work);

  /** @returns {Promise<Known | undefined>} as the phone last heard of it */
  const known = () => sealedSetting(name);

  /** @returns {Promise<Noted<Told>[]>} what this phone noted, the latest first */
  async function noted() {
    const rows = await transact(["settings"], "readonly", (settings) => answer(settings.getAll(all)));
    const opened = await Promise.all(rows.map(open));
    return opened.filter((one) => one !== null).sort((one, other) => other.at - one.at);
  }

  /** Notes something; on the disk when this resolves. @param {Told} told */
  async function note(told) {
    const id = uuid7();
    const key = prefix + id;
    const row = { key, id, sealed: await sealed(id, { ...told, day: vietnamDay() }), unsent: true, code: "", at: Date.now() };
    await change((settings) => {
      settings.put(row, key);
    });
    tell("work");
  }

  /** Lets go of one that the server refused. @param {string} id */
  async function drop(id) {
    await change(async (settings) => {
      const row = await answer(settings.get(prefix + id));
      if (row && !row.unsent) settings.delete(prefix + id);
    });
    tell("work");
  }

  /** Hands in what waits, and fetches what is known if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
  async function exchange(token, always) {
    const sent = await handIn(token);
    await dropOld();
    const last = (await setting(`${name}At`)) ?? 0;
    if (!always && !sent && Date.now() - last < PULL_EVERY_MS) return;
    const reply = await call(pull, { token });
    if (!reply.ok || !reply.body) throw new Unreachable(`${name} ${reply.status}`);
    await rememberSealed(name, reply.body);
    await remember({ [`${name}At`]: Date.now() });
    tell("work");
  }

  /** @param {string} token @returns {Promise<boolean>} whether anything was sent */
  async function handIn(token) {
    const waiting = (await noted()).filter((one) => one.unsent).slice(-BATCH);
    if (waiting.length === 0) return false;
    const told = waiting.map(({ unsent, code, at, ...one }) => one);
    const reply = await call(push, { method: "POST", token, json: { [list]: told } });
    if (!reply.ok || !reply.body) throw new Unreachable(`${list} ${reply.status}`);
    await change(async (settings) => {
      for (const { id, code } of reply.body.results) {
        const held = await answer(settings.get(prefix + id));
        if (held) settings.put({ ...held, unsent: false, code }, held.key);
      }
    });
    return true;
  }

  /** What the server took goes after two weeks; what it refused stays until somebody has read why. */
  function dropOld() {
    const limit = Date.now() - KEEP_MS;
    return change(async (settings) => {
      for (const row of await answer(settings.getAll(all))) if (!row.unsent && !row.code && row.at < limit) settings.delete(row.key);
    });
  }

  return { known, noted, note, drop, exchange };
}

/** @param {Row} row @returns {Promise<any>} */
async function open({ id, sealed: held, unsent, code, at }) {
  try {
    return { ...(await unsealed(id, held)), id, unsent, code, at };
  } catch {
    return null;
  }
}
