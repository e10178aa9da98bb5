// @ts-check
/** Sealing of what lies on the phone: AES-GCM under a key that no script can read out of the browser. */

/** @typedef {{iv: Uint8Array, ct: ArrayBuffer}} Sealed */

const bytes = new TextEncoder();
const text = new TextDecoder();

/** @returns {Promise<CryptoKey>} */
export function newKey() {
  return crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

/**
 * Seals a value to a name, so that a sealed value moved under another name no longer opens.
 * @param {CryptoKey} key @param {string} name @param {unknown} value @returns {Promise<Sealed>}
 */
export async function seal(key, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: bytes.encode(name) };
  return { iv, ct: await crypto.subtle.encrypt(how, key, bytes.encode(JSON.stringify(value))) };
}

/** @param {CryptoKey} key @param {string} name @param {Sealed} sealed @returns {Promise<any>} */
export async function unseal(key, name, sealed) {
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: bytes.encode(name) };
  return JSON.parse(text.decode(await crypto.subtle.decrypt(how, key, sealed.ct)));
}
