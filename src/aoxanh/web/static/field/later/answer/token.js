// @ts-check
/** The token of a citizen's answer, spelt as desk/answer_tokens.py reads it: commune, day, first record's id and return code. */

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const DAY_MS = 86_400_000;

/** @param {{commune: string, day: string, root: string, return_code: string}} record @returns {string} 35 characters that name nobody */
export function token({ commune, day, root, return_code: code }) {
  const bytes = new Uint8Array(26);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, Number(commune));
  view.setUint16(4, Date.parse(day) / DAY_MS);
  root.replaceAll("-", "").match(/../g)?.forEach((pair, at) => (bytes[6 + at] = Number.parseInt(pair, 16)));
  view.setUint32(22, [...code].reduce((number, letter) => number * LETTERS.length + LETTERS.indexOf(letter), 0));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}
