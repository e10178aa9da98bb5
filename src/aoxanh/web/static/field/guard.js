// @ts-check
/**
 * Personal data in free text, found on the phone as the server finds it: both read the same rules, and one file of golden
 * cases (tests/privacy/golden.json) holds them together.
 */

const RULES = "/field/rules.json";
const LOOK_AROUND = 60;
const VIEWS = ["shown", "marked", "cased", "plain"];

/**
 * @typedef {{shown: string[], marked: string[], cased: string[], plain: string[]}} Reading letters of the same text, in step
 * @typedef {{kind: string, start: number, end: number}} Finding
 */

/** @type {Promise<any> | null} */
let loading = null;
/** @type {any} */
let rules = null;

/** Fetches the rules once; without a network they come from the stored shell. */
export async function load() {
  if (rules) return;
  loading ??= fetch(RULES).then((response) => response.json());
  try {
    rules = compiled(await loading);
  } catch (error) {
    loading = null;
    throw error;
  }
}

/** @returns {boolean} whether texts can be judged now */
export function isReady() {
  return rules !== null;
}

/** @param {string} text @returns {Finding[]} what the text holds of personal data, in reading order; the rule listed first wins */
export function find(text) {
  const reading = read(text);
  const plain = reading.plain.join("");
  const veiled = blotted(reading, rules.safe);
  const digits = { raw: countDigits(plain), veiled: countDigits(veiled.plain.join("")) };
  /** @type {Finding[]} */
  const taken = [];
  for (const rule of rules.rules) {
    if ((rule.raw ? digits.raw : digits.veiled) < rule.digits) continue;
    if (rule.has.length > 0 && !rule.has.some((/** @type {string} */ word) => plain.includes(word))) continue;
    for (const [start, end] of spans(rule, (rule.raw ? reading : veiled)[/** @type {keyof Reading} */ (rule.view)].join(""), plain)) {
      if (taken.every((other) => end <= other.start || start >= other.end)) taken.push({ kind: rule.kind, start, end });
    }
  }
  return taken.sort((a, b) => a.start - b.start);
}

/** @param {any} rule @param {string} view @param {string} plain @returns {[number, number][]} */
function spans(rule, view, plain) {
  return groups(rule.pattern, view).filter(([start, end]) => fits(rule, plain, start, end));
}

/** @param {RegExp} pattern @param {string} text @returns {[number, number][]} where group 1 of each match stands */
function groups(pattern, text) {
  return [...text.matchAll(pattern)].map((match) => /** @type {any} */ (match).indices[1]);
}

/** Whether the surroundings and the digits bear the match out. @param {any} rule @param {string} plain @param {number} start @param {number} end */
function fits(rule, plain, start, end) {
  const { near, unless, unless_before: before, unless_after: after } = rule;
  if (near && !near.test(plain.slice(Math.max(0, start - rule.before), end + rule.after))) return false;
  if (unless?.test(plain.slice(start, end))) return false;
  if (before?.test(plain.slice(Math.max(0, start - LOOK_AROUND), start))) return false;
  if (after?.test(plain.slice(end, end + LOOK_AROUND))) return false;
  return !rule.check || CHECKS[rule.check](plain.slice(start, end).replace(/[^0-9]/g, ""));
}

/** @type {Record<string, (digits: string) => boolean>} */
const CHECKS = {
  id_number: (digits) => {
    const century = Math.floor(Number(digits[3]) / 2);
    const thisYear = new Date().getFullYear() - 2000;
    return rules.provinces.has(digits.slice(0, 3)) && (century === 0 || (century === 1 && Number(digits.slice(4, 6)) <= thisYear));
  },
  luhn: (digits) => {
    const values = [...digits].reverse().map((digit, place) => Number(digit) * (1 + (place % 2)));
    return values.reduce((sum, value) => sum + (value > 9 ? value - 9 : value), 0) % 10 === 0;
  },
  eight_digits: (digits) => digits.length >= 8,
};

/** @param {string} text @returns {Reading} */
function read(text) {
  /** @type {string[]} */
  const shown = [];
  for (const char of text.normalize("NFC")) {
    const clean = cleaned(char);
    if (clean === " " && shown.at(-1) === " ") continue;
    shown.push(...clean);
  }
  const cased = shown.map(bare);
  const views = { shown, marked: shown.map(small), cased, plain: cased.map(small) };
  // Rare letters beyond the basic plane would put the views out of step.
  return /** @type {Reading} */ (Object.fromEntries(Object.entries(views).map(([name, view]) => [name, view.map((char) => (char.length > 1 ? "\ufffd" : char))])));
}

/** @param {string} char @returns {string} nothing for hidden characters, one space, dash or ASCII digit for their many kinds */
function cleaned(char) {
  if (char in rules.same) return rules.same[char];
  const parts = char < "\x80" ? char : char.normalize("NFKC");
  for (const part of parts) {
    if (/^[\p{Cf}\p{M}]$/u.test(part)) return "";
    if (/^[\p{Z}\t\n\r]$/u.test(part)) return " ";
    if (/^\p{Pd}$/u.test(part)) return "-";
  }
  return Array.from(parts, digit).join("");
}

/** @param {string} char @returns {string} the ASCII digit for a digit of any script */
function digit(char) {
  if (char < "\x80") return char;
  const code = /** @type {number} */ (char.codePointAt(0));
  const zero = rules.zeros.find((/** @type {number} */ start) => start <= code && code < start + 10);
  return zero === undefined ? char : String(code - zero);
}

/** @param {string} char @returns {string} the letter without its diacritics, exactly one */
function bare(char) {
  if (char in rules.fold) return rules.fold[char];
  const letters = Array.from(char.normalize("NFKD")).filter((part) => !/^\p{M}$/u.test(part));
  return letters.length === 1 ? letters[0] : char;
}

/** @param {string} char */
function small(char) {
  const lower = char.toLowerCase();
  return Array.from(lower).length === 1 ? lower : char;
}

/** Blots out the safe spots: codes, laws, dates and amounts, whose digits are nobody's. @param {Reading} reading @param {RegExp[]} safe @returns {Reading} */
function blotted(reading, safe) {
  const plain = reading.plain.join("");
  const places = new Set(safe.flatMap((pattern) => groups(pattern, plain)).flatMap(([start, end]) => Array.from({ length: end - start }, (_, step) => start + step)));
  const views = VIEWS.map((name) => [name, reading[/** @type {keyof Reading} */ (name)].map((char, place) => (places.has(place) ? "#" : char))]);
  return /** @type {Reading} */ (Object.fromEntries(views));
}

/** @param {string} text */
function countDigits(text) {
  return text.replace(/[^0-9]/g, "").length;
}

/** @param {any} plain the rules as they are written @returns {any} the rules with their patterns ready */
function compiled(plain) {
  const spelt = (/** @type {string} */ pattern) => pattern.replace(/<([A-Z]+)>/g, (_, part) => plain.parts[part]);
  const test = (/** @type {string | undefined} */ pattern) => (pattern === undefined ? undefined : new RegExp(spelt(pattern), "u"));
  const ready = (/** @type {any} */ rule) => ({
    digits: 0,
    has: [],
    raw: false,
    before: 0,
    after: 0,
    ...rule,
    pattern: new RegExp(spelt(rule.pattern), "dgu"),
    ...Object.fromEntries(["near", "unless", "unless_before", "unless_after"].map((name) => [name, test(rule[name])])),
  });
  return { ...plain, provinces: new Set(plain.provinces), safe: plain.safe.map((/** @type {string} */ pattern) => new RegExp(spelt(pattern), "dgu")), rules: plain.rules.map(ready) };
}
