// @ts-check
/** The spoken code of a point, made on its host's phone as the server makes it (training/codes.py), so that no network is needed. */

const ALPHABET = "346789ACDEFHKMPRTVXY";
const LENGTH = 6;
const WINDOW_MS = 300_000;

/** @param {string} key hexadecimal @param {number} moment by the server's clock, in milliseconds @returns {Promise<string>} */
export async function spokenCode(key, moment) {
  const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const made = await crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const text = new TextEncoder().encode(String(Math.floor(moment / WINDOW_MS)));
  let value = new DataView(await crypto.subtle.sign("HMAC", made, text)).getBigUint64(0);
  let code = "";
  for (let count = 0; count < LENGTH; count += 1) {
    code += ALPHABET[Number(value % BigInt(ALPHABET.length))];
    value /= BigInt(ALPHABET.length);
  }
  return code;
}

/** @param {string} text @returns {string} as the code was made: capitals, no spaces */
export function asTyped(text) {
  return text.replace(/[\s-]/g, "").toUpperCase();
}

/** @param {string} code */
export function hasShape(code) {
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter));
}
