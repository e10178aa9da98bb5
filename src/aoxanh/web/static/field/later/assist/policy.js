// @ts-check
/** What the assistant must not do or say: the server's aoxanh.assistant.policy, verdict for verdict. */
import { find } from "../../guard.js";
import { Weights, isSyllable, readKeys } from "../../retrieval.js";
import { apart, counted } from "./features.js";

const [MOST_SIGNS, MOST_WORDS, NUMBER, ANY_MARKS, STROKED] = [2000, 200, "#", "*", "\ue000"];
const [LEAST_REPAIRED, LEAST_SPLIT, MOST_SPLIT, LEAST_APART, ALONE, VOWELS] = [3, 5, 40, 3, 4, "aeiouy"];
/** @type {Record<string, string>} */
const MARKS = { "\u0300": "f", "\u0301": "s", "\u0303": "r", "\u0309": "r", "\u0323": "j", "\u0302": "c", "\u0306": "b", "\u031b": "h", [STROKED]: "d" };
/** @type {Record<string, string>} */
const LEET = { 0: "o", 1: "i", 3: "e", 4: "a", 5: "s", 7: "t", "@": "a", $: "s" };

/**
 * @typedef {{letters: string, marks: string, sentence: number}} Written
 * @typedef {{options: [string, string][], sentence: number}} Token
 * @typedef {{options: Sequel[], byFirst: Map<string, Sequel[]>, empty: boolean}} Choice
 * @typedef {{letters: string, marks: string, exact: boolean}} Word
 * @typedef {0 | string | Word | Choice} Element a gap, the name of a list, a word, a choice
 * @typedef {Element[]} Sequel
 * @typedef {{sequel: Sequel, first: Set<string>, needs: (string | Map<string, Sequel[]>)[], isAbsent: boolean}} Part needs: of each a text has a word
 * @typedef {Record<string, {choice: Choice, excepted: Part[]}>} Lists
 * @typedef {{rule: string, kind: string, stops: boolean, say: {vi: string, en: string}, go: {vi: string, en: string}}} Verdict
 */

/** The rules of the assistant, ready to judge; `guard.load()` has to be done before. */
export class Policy {
  /** @param {any} pack what the server's `Policy.pack()` gives */
  constructor(pack) {
    this.pack = pack;
    this.learned = new Weights(pack.leaning);
    /** @type {Lists} */
    this.lists = {};
    const known = new Set();
    const sequel = (/** @type {any[]} */ packed) => packed.map((one) => element(one));
    const element = (/** @type {any} */ one) => {
      if (Array.isArray(one)) return choiceOf(one.map(sequel), this.lists);
      if (one === 0 || one.startsWith("{")) return one === 0 ? 0 : one.slice(1, -1);
      const [letters, marks] = one.split("/");
      if (/^[a-z0-9]+$/.test(letters)) known.add(letters);
      return { letters, marks: marks.replace("!", ""), exact: marks.endsWith("!") };
    };
    const part = (/** @type {any[]} */ packed) => {
      const isAbsent = packed[0] === 1;
      const read = sequel(isAbsent ? packed.slice(1) : packed);
      return { sequel: read, first: firstWords(read, this.lists), needs: needsOf(read, this.lists), isAbsent };
    };
    for (const [name, { options, excepted }] of Object.entries(pack.lists)) {
      this.lists[name] = { choice: choiceOf(options.map(sequel), this.lists), excepted: excepted.map(part) };
    }
    const phrases = (/** @type {any[]} */ packed) => packed.map((phrase) => phrase.map(part));
    this.rules = pack.rules.map((/** @type {any} */ rule) => ({
      ...rule,
      ...Object.fromEntries(["phrases", "always", "unless", "not_with"].map((name) => [name, phrases(rule[name])])),
    }));
    this.known = known;
    this.longest = Math.max(0, ...[...known].map((word) => word.length));
    /** @type {Map<string, string[]>} */
    this.near = new Map();
    for (const word of [...known].sort()) {
      if (word.length <= LEAST_REPAIRED || !/^[a-z]+$/.test(word)) continue;
      for (const key of new Set([word, ...struck(word)])) this.near.set(key, [...(this.near.get(key) ?? []), word]);
    }
  }

  /** @param {string} text @returns {Verdict | null} the first rule that the text meets */
  judge(text) {
    const tokens = this.read(text);
    const matching = new Matching(tokens, this.lists, this.pack);
    const isFound = (/** @type {string} */ what) => (what === "personal_data" ? find(text).length > 0 : this.isLikeRefused(tokens));
    const isLifted = (/** @type {any} */ rule) => rule.not_with.some((/** @type {Part[]} */ phrase) => matching.has(phrase));
    const met = this.rules.find((/** @type {any} */ rule) => (rule.finds ? isFound(rule.finds) && !isLifted(rule) : isMet(rule, matching) && !this.isOutweighed(rule, tokens)));
    return met ? { rule: met.rule, kind: met.kind, stops: met.stops, say: met.say, go: met.go } : null;
  }

  /** What a text is most like, of those that examples show; the server's policy/leaning.py. @param {Token[]} tokens @param {string} [rule] */
  leaning(tokens, rule = "") {
    const words = ["<", ...tokens.map(({ options }) => (/[0-9]/.test(options[0][0]) ? "#" : /** @type {any} */ (options.at(-1))[0])), ">"];
    const seen = counted([...words, ...apart(words, 1, " "), ...apart(words, 2, "_")]);
    return this.learned.points(rule ? seen.set(`rule:${rule}`, this.pack.leaning.rule) : seen);
  }

  /** Whether examples say clearly of each sentence that it is to be answered, though the phrase of a rule was said. @param {any} rule @param {Token[]} tokens */
  isOutweighed({ rule, kind, finds }, tokens) {
    const { outweighed } = this.pack.leaning;
    if (finds || !Object.hasOwn(outweighed, kind)) return false;
    const sentences = [...new Set(tokens.map(({ sentence }) => sentence))].map((at) => tokens.filter(({ sentence }) => sentence === at));
    return sentences.map((said) => this.leaning(said, rule)).every((points) => points.answer - points[kind] >= outweighed[kind]);
  }

  /** @param {Token[]} tokens */
  isLikeRefused(tokens) {
    if (tokens.length < this.pack.leaning.least_words) return false;
    const { refuse, answer, outside } = this.leaning(tokens);
    return refuse - answer >= this.pack.leaning.least && refuse >= outside;
  }

  /** @param {string} text @returns {Token[]} */
  read(text) {
    const words = this.written([...text].slice(-MOST_SIGNS).join("")).slice(-MOST_WORDS);
    return this.together(words).flatMap((word) => this.tokens(word)).slice(-MOST_WORDS);
  }

  /** @param {string} text @returns {Written[]} */
  written(text) {
    const small = text.normalize("NFKC").toLowerCase().replaceAll("đ", `d${STROKED}`);
    const shown = Array.from(small, (sign) => this.pack.lookalikes[sign] ?? (/\p{Cf}/u.test(sign) ? "" : sign)).join("").normalize("NFD");
    /** @type {Written[]} */
    const found = [];
    let [letters, marks, sentence, isEnding] = ["", "", 0, false];
    for (const sign of `${shown} `) {
      if (sign in MARKS) marks += letters ? MARKS[sign] : "";
      else if (/[a-z0-9@$*]/.test(sign)) [letters, isEnding] = [letters + sign, false];
      else if (!/\p{M}/u.test(sign)) {
        if (/[^@$*]/.test(letters)) found.push({ letters, marks: [...marks].sort().join(""), sentence });
        [letters, marks] = ["", ""];
        const isSpace = " \t\n\r".includes(sign);
        sentence += isEnding && isSpace ? 1 : 0;
        isEnding = ".?!;".includes(sign) || (isEnding && !isSpace);
      }
    }
    const breaks = found.at(-1)?.sentence ?? 0;
    return breaks * 3 > found.length ? found.map((one) => ({ ...one, sentence: 0 })) : found;
  }

  /** Puts letters that stand alone together where they make known words. @param {Written[]} words @returns {Written[]} */
  together(words) {
    const found = [];
    for (let at = 0; at < words.length; ) {
      let end = at;
      while (end < words.length && words[end].letters.length === 1) end += 1;
      if (end - at < LEAST_APART) end = Math.max(end, at + 1);
      const run = words.slice(at, end);
      found.push(...(run.length < LEAST_APART || run[0].letters.length > 1 ? run : this.joined(run)));
      at = end;
    }
    return found;
  }

  /** @param {Written[]} letters @returns {Written[]} */
  joined(letters) {
    const parts = this.cut(withoutLeet(letters.map((one) => one.letters).join("")));
    if (parts.every((part) => part.length < LEAST_APART)) return letters;
    let at = 0;
    return parts.map((part) => {
      const own = letters.slice(at, at + part.length);
      at += part.length;
      return { letters: part, marks: own.flatMap((one) => [...one.marks]).sort().join(""), sentence: own[0].sentence };
    });
  }

  /** @param {Written} word @returns {Token[]} */
  tokens({ letters: typed, marks, sentence }) {
    const letters = this.known.has(typed) ? typed : typed.replace(/([a-z])\1{2,}/g, "$1");
    const options = new Map([[`${letters}/${marks}`, /** @type {[string, string]} */ ([letters, marks])]]);
    const add = (/** @type {string} */ one) => void options.set(`${one}/`, [one, ""]);
    if (/^(?=.*[0-9])[0-9x*]{6,}$/.test(letters)) add(NUMBER);
    if (Object.hasOwn(this.pack.short, letters)) for (const [meaning, meant] of this.pack.short[letters]) if (agree(marks, meant)) add(meaning);
    if (!this.known.has(letters) && !isSyllable(letters)) {
      const read = this.readOtherwise(letters);
      const parts = read.length > 0 ? [] : this.parts(letters);
      if (parts.length > 0) return parts.map((part) => ({ options: [[part, ""]], sentence }));
      read.forEach(add);
    }
    return [{ options: [...options.values()], sentence }];
  }

  /** @param {string} letters @returns {string[]} */
  readOtherwise(letters) {
    const found = [readKeys(letters), withoutLeet(letters)].filter((one) => one !== null && this.known.has(one));
    if (found.length > 0 || !/^[a-z]+$/.test(letters) || letters.length < LEAST_REPAIRED) return /** @type {string[]} */ (found);
    const candidates = new Set([letters, ...struck(letters)].flatMap((key) => this.near.get(key) ?? []));
    return [...candidates].filter((word) => isOneSlip(letters, word)).sort();
  }

  /** @param {string} letters @returns {string[]} the known words that were run together, none when these are none */
  parts(letters) {
    const plain = withoutLeet(letters);
    const parts = plain.length < LEAST_SPLIT || plain.length > MOST_SPLIT ? [] : this.cut(plain);
    return parts.every((part) => part.length > 1 || VOWELS.includes(part)) ? parts : [];
  }

  /** Cuts letters into known words, as few as may be; a letter that is in none stands alone and weighs heavy. @param {string} run */
  cut(run) {
    const cheapest = [[0, 0]];
    for (let end = 1; end <= run.length; end += 1) {
      let best = [cheapest[end - 1][0] + ALONE, end - 1];
      for (let start = Math.max(0, end - this.longest); start < end - 1; start += 1) {
        const cost = cheapest[start][0] + 1;
        if (cost < best[0] && this.known.has(run.slice(start, end))) best = [cost, start];
      }
      cheapest.push(best);
    }
    /** @type {string[]} */
    const parts = [];
    for (let end = run.length; end > 0; end = cheapest[end][1]) parts.unshift(run.slice(cheapest[end][1], end));
    return parts;
  }
}

/** Finds phrases in one text; places in `barred` belong to something else. */
class Matching {
  /** @param {Token[]} tokens @param {Lists} lists @param {{gap: number, near: number}} reach @param {Set<number>} [barred] */
  constructor(tokens, lists, reach, barred = new Set()) {
    this.tokens = tokens;
    this.lists = lists;
    this.reach = reach;
    this.barred = barred;
    /** @type {Map<string, Set<number>>} */
    this.ends = new Map();
    /** @type {Map<string, Set<number>>} */
    this.excepted = new Map();
    /** @type {Map<Map<string, Sequel[]>, boolean>} */
    this.said = new Map();
    /** @type {Map<string, number[]>} */
    this.where = new Map();
    tokens.forEach(({ options }, place) => options.forEach(([letters]) => this.where.set(letters, [...(this.where.get(letters) ?? []), place])));
  }

  /** @param {Part[]} phrase @returns {boolean} all parts near each other, none twice with the same words */
  has(phrase) {
    const found = [];
    for (const part of phrase) {
      if (part.isAbsent) continue;
      const spans = this.spans(part);
      if (spans.length === 0) return false;
      found.push(spans);
    }
    const sentence = (/** @type {[number, number]} */ [at]) => this.tokens[at].sentence;
    const without = new Set(phrase.flatMap((part) => (part.isAbsent ? this.spans(part).map(sentence) : [])));
    return this.areNear(found.map((spans) => spans.filter((span) => !without.has(sentence(span)))), []);
  }

  /** @param {Part} part @returns {[number, number][]} */
  spans({ sequel, first, needs }) {
    if (!needs.every((need) => (typeof need === "string" ? this.where.has(need) : this.saysOneOf(need)))) return [];
    const starts = new Set();
    for (const [letters, places] of this.where) if (first.has(letters)) for (const place of places) starts.add(place);
    return [...starts].flatMap((at) => [...this.after(sequel, at)].map((end) => /** @type {[number, number]} */ ([at, end])));
  }

  /** Most phrases are ruled out by this alone. @param {Map<string, Sequel[]>} words @returns {boolean} */
  saysOneOf(words) {
    const known = this.said.get(words) ?? [...this.where.keys()].some((letters) => words.has(letters));
    this.said.set(words, known);
    return known;
  }

  /** @param {Sequel} sequel @param {number} at @returns {Set<number>} the places behind it in the same sentence, if it begins there */
  after(sequel, at) {
    let places = new Set([at]);
    const sentence = this.tokens[at]?.sentence;
    for (const one of sequel) {
      places = new Set([...places].flatMap((place) => [...this.step(one, place)]).filter((end) => end === at || this.tokens[end - 1].sentence === sentence));
      if (places.size === 0) break;
    }
    return places;
  }

  /** @param {Element} one @param {number} place @returns {Iterable<number>} */
  step(one, place) {
    if (one === 0) return Array.from({ length: Math.max(0, Math.min(this.reach.gap, this.tokens.length - 1 - place) + 1) }, (_, step) => place + step);
    if (typeof one === "string") return this.listed(one, place);
    if ("letters" in one) return this.is(one, place) ? [place + 1] : [];
    return this.oneOf(one, place);
  }

  /** @param {Word} word @param {number} place */
  is(word, place) {
    if (place >= this.tokens.length || this.barred.has(place)) return false;
    return this.tokens[place].options.some(([letters, marks]) => letters === word.letters && (word.exact ? marks === word.marks : agree(marks, word.marks)));
  }

  /** @param {string} name @param {number} at @returns {Set<number>} */
  listed(name, at) {
    const key = `${name} ${at}`;
    const known = this.ends.get(key) ?? (this.withinExcepted(name).has(at) ? new Set() : this.oneOf(this.lists[name].choice, at));
    this.ends.set(key, known);
    return known;
  }

  /** @param {Choice} choice @param {number} at @returns {Set<number>} */
  oneOf(choice, at) {
    const found = new Set(choice.empty ? [at] : []);
    for (const [letters] of this.tokens[at]?.options ?? []) {
      for (const option of choice.byFirst.get(letters) ?? []) for (const end of this.after(option, at)) found.add(end);
    }
    return found;
  }

  /** @param {string} name @returns {Set<number>} */
  withinExcepted(name) {
    const known = this.excepted.get(name) ?? placesOf(this.lists[name].excepted.flatMap((part) => this.spans(part)));
    this.excepted.set(name, known);
    return known;
  }

  /** @param {[number, number][][]} left @param {[number, number][]} chosen @returns {boolean} */
  areNear(left, chosen) {
    if (left.length === 0) {
      const [start, end] = [Math.min(...chosen.map(([at]) => at)), Math.max(...chosen.map(([, behind]) => behind))];
      return end - start <= this.reach.near && this.tokens[start].sentence === this.tokens[end - 1].sentence;
    }
    return left[0].some((span) => chosen.every(([start, end]) => span[1] <= start || end <= span[0]) && this.areNear(left.slice(1), [...chosen, span]));
  }
}

/** @param {any} rule @param {Matching} matching @returns {boolean} */
function isMet(rule, matching) {
  const has = (/** @type {Part[]} */ phrase) => matching.has(phrase);
  if (!rule.always.some(has)) {
    const near = rule.phrases.filter(has);
    if (near.length === 0) return false;
    const barred = placesOf(rule.unless.flatMap(([part]) => matching.spans(part)));
    const again = new Matching(matching.tokens, matching.lists, matching.reach, barred);
    if (barred.size > 0 && !near.some((/** @type {Part[]} */ phrase) => again.has(phrase))) return false;
  }
  return !rule.not_with.some(has);
}

/** @param {[number, number][]} spans @returns {Set<number>} */
const placesOf = (spans) => new Set(spans.flatMap(([start, end]) => Array.from({ length: end - start }, (_, step) => start + step)));

/** @param {Sequel[]} options @param {Lists} lists @returns {Choice} quick to make: by the word that stands at its place */
function choiceOf(options, lists) {
  /** @type {Map<string, Sequel[]>} */
  const byFirst = new Map();
  for (const option of options) for (const word of firstWords(option, lists)) byFirst.set(word, [...(byFirst.get(word) ?? []), option]);
  const canBeEmpty = (/** @type {Element} */ one) => one === 0 || (typeof one === "object" && "empty" in one && one.empty);
  return { options, byFirst, empty: options.some((option) => option.every(canBeEmpty)) };
}

/** @param {Sequel} sequel @param {Lists} lists @returns {Set<string>} the words that it can begin with */
function firstWords(sequel, lists) {
  const found = new Set();
  for (const one of sequel) {
    if (one === 0) continue;
    if (typeof one === "object" && "letters" in one) return found.add(one.letters);
    const choice = typeof one === "string" ? lists[one].choice : one;
    for (const word of choice.byFirst.keys()) found.add(word);
    if (!choice.empty) break;
  }
  return found;
}

/** @param {Sequel} sequel @param {Lists} lists @returns {(string | Map<string, Sequel[]>)[]} */
function needsOf(sequel, lists) {
  return sequel.flatMap((one) => {
    if (one === 0) return [];
    if (typeof one === "object" && "letters" in one) return [one.letters];
    const choice = typeof one === "string" ? lists[one].choice : one;
    return choice.empty ? [] : [choice.byFirst];
  });
}

/** @param {string} typed @param {string} meant */
function agree(typed, meant) {
  const count = (/** @type {string} */ marks, /** @type {string} */ mark) => marks.split(mark).length;
  return meant === ANY_MARKS || [...typed].every((mark) => count(typed, mark) <= count(meant, mark));
}

const withoutLeet = (/** @type {string} */ word) => word.replace(/[013457@$]/g, (sign) => LEET[sign]);
const struck = (/** @type {string} */ word) => Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1));

/** @param {string} typed @param {string} word */
function isOneSlip(typed, word) {
  if (typed.length !== word.length) return struck(word).includes(typed) || struck(typed).includes(word);
  const wrong = [...word].flatMap((sign, at) => (typed[at] === sign ? [] : at));
  const [first, second] = wrong;
  if (wrong.length === 2) return second === first + 1 && typed[first] === word[second] && typed[second] === word[first];
  return wrong.length === 1;
}
