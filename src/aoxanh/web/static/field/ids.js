// @ts-check
/** Numbers made on the phone: record ids, return codes, and the Vietnam day of a moment. */

const CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const HOURS_AHEAD = 7;

/** @param {number} [now] @returns {string} a UUIDv7: the time in milliseconds, then 74 random bits */
export function uuid7(now = Date.now()) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let place = 5, rest = now; place >= 0; place -= 1, rest = Math.floor(rest / 256)) bytes[place] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @returns {string} six characters that are not mistaken for one another when read aloud or copied by hand */
export function returnCode() {
  // 32 letters divide 256, so every letter is equally likely.
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => CODE_LETTERS[byte % CODE_LETTERS.length]).join("");
}

/** @param {number} [moment] milliseconds @returns {string} YYYY-MM-DD in Vietnam, whatever zone the phone is set to */
export function vietnamDay(moment = Date.now()) {
  return new Date(moment + HOURS_AHEAD * 3_600_000).toISOString().slice(0, 10);
}
