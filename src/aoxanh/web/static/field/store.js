// @ts-check
/** The phone's database: one for each account, written durably, gone when the account leaves the phone. */

import { newKey, seal, unseal } from "./sealing.js";

const PREFIX = "aoxanh-";
const POINTER = "aoxanh.account";
const VERSION = 1;
const ATTEMPTS = 3;

/** @type {Promise<IDBDatabase> | null} */
let opening = null;
/** @type {CryptoKey | null} */
let sealingKey = null;

/** @returns {string} the id of the account that this phone belongs to now, or "" */
export function currentAccount() {
  return localStorage.getItem(POINTER) ?? "";
}

/** Makes the phone belong to an account: its database is the one that is used from now on. @param {string} account */
export function belongTo(account) {
  if (currentAccount() !== account) forget();
  localStorage.setItem(POINTER, account);
}

/**
 * Finds the phone's account again after a crash: browsers write localStorage late, databases at once. With several
 * databases (a shared phone) the person signs in, and finds their own work there.
 */
export async function recoverOwner() {
  if (currentAccount()) return;
  const names = ((await indexedDB.databases?.()) ?? []).map(({ name }) => name ?? "").filter((name) => name.startsWith(PREFIX));
  if (names.length === 1) belongTo(names[0].slice(PREFIX.length));
}

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
export function answer(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/**
 * Runs work in one transaction that is on the disk when the promise resolves. The work may await only answers of this
 * transaction: anything else (a fetch, a cipher) would let the browser end it too soon.
 * @template T
 * @param {string[]} stores @param {IDBTransactionMode} mode @param {(...stores: IDBObjectStore[]) => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function transact(stores, mode, work) {
  for (let attempt = 1; ; attempt += 1) {
    const database = await open();
    try {
      return await once(database, stores, mode, work);
    } catch (error) {
      // The browser may close the database under us (low memory, another tab's upgrade): open it again.
      if (attempt === ATTEMPTS || !(error instanceof DOMException) || error.name !== "InvalidStateError") throw error;
      forget();
    }
  }
}

/** @param {string} name @returns {Promise<any>} */
export function setting(name) {
  return transact(["settings"], "readonly", (settings) => answer(settings.get(name)));
}

/** @param {Record<string, unknown>} values */
export function remember(values) {
  return transact(["settings"], "readwrite", (settings) => {
    for (const [name, value] of Object.entries(values)) settings.put(value, name);
  });
}

/** @param {string} name @param {unknown} value */
export async function rememberSealed(name, value) {
  await remember({ [name]: await sealed(name, value) });
}

/** @param {string} name @returns {Promise<any>} the value, or undefined when there is none */
export async function sealedSetting(name) {
  const held = await setting(name);
  return held ? unseal(await key(), name, held) : undefined;
}

/** @param {string} name @param {unknown} value */
export async function sealed(name, value) {
  return seal(await key(), name, value);
}

/** @param {string} name @param {import("./sealing.js").Sealed} held */
export async function unsealed(name, held) {
  return unseal(await key(), name, held);
}

/** Erases everything that the app holds on this phone, whoever it belonged to, and the app's own files. */
export async function eraseEverything() {
  const databases = (await indexedDB.databases?.()) ?? [{ name: PREFIX + currentAccount() }];
  await letGo();
  for (const { name } of databases) if (name?.startsWith(PREFIX)) await erased(name);
  localStorage.clear();
  sessionStorage.clear();
  for (const name of await caches.keys()) await caches.delete(name);
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
}

/** Erases the current account's database only; the app itself stays on the phone. */
export async function eraseAccount() {
  const account = currentAccount();
  await letGo();
  await erased(PREFIX + account);
  sessionStorage.clear();
}

/** @param {IDBDatabase} database @param {string[]} stores @param {IDBTransactionMode} mode @param {Function} work */
async function once(database, stores, mode, work) {
  const transaction = database.transaction(stores, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(undefined);
    transaction.onabort = () => reject(transaction.error ?? new DOMException("aborted", "AbortError"));
  });
  done.catch(() => {});
  let result;
  try {
    result = await work(...stores.map((store) => transaction.objectStore(store)));
  } catch (error) {
    abort(transaction);
    throw error;
  }
  await done;
  return result;
}

/** @param {IDBTransaction} transaction */
function abort(transaction) {
  try {
    transaction.abort();
  } catch {
    // It had ended by itself; there is nothing left to undo.
  }
}

function open() {
  if (!currentAccount()) return Promise.reject(new Error("This phone belongs to no account."));
  opening ??= connect(PREFIX + currentAccount());
  return opening;
}

/** @param {string} name @returns {Promise<IDBDatabase>} */
async function connect(name) {
  const request = indexedDB.open(name, VERSION);
  request.onupgradeneeded = () => build(request.result);
  try {
    const database = await answer(request);
    database.onversionchange = () => {
      database.close();
      forget();
    };
    database.onclose = forget;
    return database;
  } catch (error) {
    forget();
    throw error;
  }
}

/** @param {IDBDatabase} database */
function build(database) {
  const present = database.objectStoreNames;
  if (!present.contains("settings")) database.createObjectStore("settings");
  if (!present.contains("outbox")) database.createObjectStore("outbox", { keyPath: "id" });
  if (!present.contains("sent")) database.createObjectStore("sent", { keyPath: "id" });
  if (!present.contains("cards")) database.createObjectStore("cards", { keyPath: "code" });
}

async function key() {
  if (sealingKey) return sealingKey;
  const fresh = await newKey();
  sealingKey = await transact(["settings"], "readwrite", async (settings) => {
    // Another tab may have made the key first; the first one stays.
    const held = await answer(settings.get("key"));
    if (!held) settings.put(fresh, "key");
    return held ?? fresh;
  });
  return /** @type {CryptoKey} */ (sealingKey);
}

function forget() {
  opening = null;
  sealingKey = null;
}

/** Takes the pointer away before the database is closed, or a screen that still reads would open, and so make, it again. */
async function letGo() {
  localStorage.removeItem(POINTER);
  const database = await opening?.catch(() => null);
  database?.close();
  forget();
}

/** Waits also while other tabs, or the last transaction of this one, keep the database open. @param {string} name */
function erased(name) {
  return answer(indexedDB.deleteDatabase(name));
}
