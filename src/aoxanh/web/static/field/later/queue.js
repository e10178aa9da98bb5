// @ts-check
/** What later screens note on this phone until the server has it, and what they last fetched: each row sealed, and sent under its id until answered. */

import { tell } from "../changes.js";
import { uuid7 } from "../ids.js";
import { answer, remember, rememberSealed, sealed, setting, transact, unsealed } from "../store.js";
import { call, Unreachable } from "../transport.js";

const KEEP_MS = 14 * 86_400_000;
const PULL_EVERY_MS = 3_600_000;

/**
 * @template T
 * @typedef {T & {id: string, unsent: boolean, code: string, field?: string, at: number}} Noted
 */

/**
 * @template T what is noted
 * @param {{prefix: string, path: string, list: string, batch: number}} of where the rows are kept, where they are sent, in a list of which name, how many at once
 */
export function queue({ prefix, path, list, batch }) {
  const all = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
  const rows = () => transact(["settings"], "readonly", (settings) => answer(settings.getAll(all)));

  /** @returns {Promise<Noted<T>[]>} what this phone noted, the latest first */
  async function noted() {
    const opened = await Promise.all((await rows()).map(open));
    return opened.filter((one) => one !== null).sort((one, other) => other.at - one.at);
  }

  /** Notes something; on the disk when this resolves. @param {T} told @param {string} [also] a key of the settings that is over with it */
  async function note(told, also) {
    const id = uuid7();
    const row = { key: prefix + id, id, sealed: await sealed(id, told), unsent: true, code: "", at: Date.now() };
    await transact(["settings"], "readwrite", (settings) => {
      settings.put(row, row.key);
      if (also) settings.delete(also);
    });
    tell("work");
  }

  /** Lets go of one that the server refused. @param {string} id */
  async function drop(id) {
    await transact(["settings"], "readwrite", async (settings) => {
      const row = await answer(settings.get(prefix + id));
      if (row && !row.unsent) settings.delete(prefix + id);
    });
    tell("work");
  }

  /** Hands in what waits, the oldest first. Throws Unreachable. @param {string} token @returns {Promise<boolean>} whether anything was sent */
  async function handIn(token) {
    const waiting = (await noted()).filter((one) => one.unsent).reverse();
    for (let start = 0; start < waiting.length; start += batch) {
      const sent = waiting.slice(start, start + batch).map(({ unsent, code, field, at, ...told }) => told);
      const reply = await call(path, { method: "POST", token, json: { [list]: sent } });
      if (!reply.ok || !reply.body) throw new Unreachable(`${path} ${reply.status}`);
      await settle(reply.body.results);
    }
    await dropOld();
    return waiting.length > 0;
  }

  /** @param {{id: string, code: string, field?: string}[]} results */
  function settle(results) {
    return transact(["settings"], "readwrite", async (settings) => {
      for (const { id, code, field } of results) {
        const held = await answer(settings.get(prefix + id));
        if (held) settings.put({ ...held, unsent: false, code, field }, held.key);
      }
    });
  }

  /** What the server took goes after two weeks; what it refused stays until somebody has read why. */
  async function dropOld() {
    const limit = Date.now() - KEEP_MS;
    await transact(["settings"], "readwrite", async (settings) => {
      for (const row of await answer(settings.getAll(all))) if (!row.unsent && !row.code && row.at < limit) settings.delete(row.key);
    });
  }

  return { noted, note, drop, handIn };
}

/** Fetches what a screen shows, now or if that was a while ago. Throws Unreachable. @param {string} name @param {string} path @param {string} token @param {boolean} now */
export async function pull(name, path, token, now) {
  const last = (await setting(`${name}At`)) ?? 0;
  if (!now && Date.now() - last < PULL_EVERY_MS) return;
  const reply = await call(path, { token });
  if (!reply.ok || !reply.body) throw new Unreachable(`${name} ${reply.status}`);
  await rememberSealed(name, reply.body);
  await remember({ [`${name}At`]: Date.now() });
  tell("work");
}

/** @param {any} row @returns {Promise<any>} */
async function open({ id, sealed: held, unsent, code, field, at }) {
  try {
    return { ...(await unsealed(id, held)), id, unsent, code, field, at };
  } catch {
    return null;
  }
}
