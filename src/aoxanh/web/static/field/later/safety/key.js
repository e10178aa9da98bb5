// @ts-check
/** The badge's key, which no script can read out of this phone, and the address it signs every half-minute. */

import { uuid7 } from "../../ids.js";
import { remember, setting } from "../../store.js";
import { call, Unreachable } from "../../transport.js";

const SLOT_MS = 30_000;
const CURVE = { name: "ECDSA", namedCurve: "P-256" };
const HOW = { name: "ECDSA", hash: "SHA-256" };
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** @typedef {{id: string, pair: CryptoKeyPair, device: string, epoch: string}} BadgeKey `epoch`: the server that knows it, "" for none */

/** Makes the key if this phone has none, and tells the server of it once. Throws Unreachable. @param {string} token */
export async function register(token) {
  const device = await setting("device");
  const epoch = (await setting("epoch")) ?? "";
  /** @type {BadgeKey | undefined} */
  let key = await setting("badgeKey");
  if (!key || key.device !== device) {
    const pair = /** @type {CryptoKeyPair} */ (await crypto.subtle.generateKey(CURVE, false, ["sign"]));
    key = { id: uuid7(), pair, device, epoch: "" };
    await remember({ badgeKey: key });
  }
  if (key.epoch === epoch) return;
  const point = new Uint8Array(await crypto.subtle.exportKey("raw", key.pair.publicKey));
  const reply = await call("/safety/badge-key", { method: "POST", token, json: { id: key.id, public_key: base64(point) } });
  if (reply.status >= 500) throw new Unreachable(`badge-key ${reply.status}`);
  // A key that the server will not have is no reason to hold up the rest: the next sync tries a new one.
  if (!reply.ok) return remember({ badgeKey: undefined });
  await remember({ badgeKey: { ...key, epoch } });
}

/** @returns {Promise<BadgeKey | null>} the key, once the server knows it */
export async function known() {
  const key = await setting("badgeKey");
  return key?.epoch ? key : null;
}

/**
 * The server's time as well as this phone can tell: its own clock, put right by what the last sync found. Somebody may have put the
 * clock right since; then the time so reckoned would lie before that sync, and the clock is believed as it is.
 * @returns {Promise<number>} milliseconds
 */
export async function serverTime() {
  const skew = (await setting("skew")) ?? 0;
  const last = ((await setting("lastSync")) ?? 0) - skew;
  const reckoned = Date.now() - skew;
  return reckoned < last && Date.now() >= last ? Date.now() : reckoned;
}

/** @param {BadgeKey} key @returns {Promise<{address: string, now: number, leftMs: number}>} the address to show, and for how long */
export async function badge(key) {
  const now = await serverTime();
  const slot = Math.floor(now / SLOT_MS);
  const statement = new Uint8Array(25);
  statement[0] = 1;
  statement.set(bytesOf(key.id), 1);
  new DataView(statement.buffer).setUint32(17, slot);
  crypto.getRandomValues(statement.subarray(21));
  const signature = smallS(new Uint8Array(await crypto.subtle.sign(HOW, key.pair.privateKey, statement)));
  const whole = new Uint8Array([...statement, ...signature]);
  return { address: `${location.origin}/b/${base64(whole)}`, now, leftMs: (slot + 1) * SLOT_MS - now };
}

/** Of the two signatures that would hold, the server takes the one with the smaller second half. @param {Uint8Array} signature */
function smallS(signature) {
  const s = BigInt(`0x${hex(signature.subarray(32))}`);
  const small = s > ORDER / 2n ? ORDER - s : s;
  return new Uint8Array([...signature.subarray(0, 32), ...bytesOf(small.toString(16).padStart(64, "0"))]);
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {string} text hexadecimal, hyphens allowed */
function bytesOf(text) {
  return (text.replace(/-/g, "").match(/../g) ?? []).map((pair) => parseInt(pair, 16));
}

/** @param {Uint8Array} bytes @returns {string} base64 for addresses, without padding */
function base64(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
