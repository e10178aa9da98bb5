// @ts-check
/** Finding a procedure by what people type: the server's aoxanh.assistant.retrieval, term for term and digit for digit. */

const K1 = 2;
const SHORTER_IS_BETTER = 0.6;
const TITLE_COVERAGE = 0.5;
const ALIAS_COVERAGE = 0.4;
const EXACT = 0.5;
const MARKS_AGREE = 0.03;
const LEAST_SHARE = 0.3;
const MENTIONED = 0.125;
const BY_CODE = 1000;
const [MOST_ENDINGS, ENDING] = [12, 0.6];
const FIELDS = /** @type {const} */ ([["titles", 8], ["aliases", 4], ["said", 4], ["result", 1.5], ["body", 0.3]]);
const [MOST_SIGNS, MOST_WORDS, LONGEST_SHORT_FORM] = [2000, 160, 4];
const [TYPED, WRITTEN_OUT, ONE_OF_SEVERAL, REPAIRED, GUESSED] = [1, 0.9, 0.6, 0.9, 0.3];
const [MEANT, ONE_MEANT, ASIDE, FULL_SIZE] = [0.9, 0.6, 0.3, 2];
const [SURER, MOST_SURE] = [0.25, 1.5];
const [LONGEST_SAID, MOST_BETWEEN, GAP] = [6, 3, "…"];
const [LEAST_LETTERS, NEIGHBOURS_COUNT] = [3, 10];
const FILLERS = new Set(
  ("la va cua co cho duoc cac nhung mot nay thi ma toi em anh chi o voi nhu gi nao bao nhieu khong de khi den ra tai theo" +
    " phai can muon a vay hay hoac do neu xin hoi cam on minh bi nen con di lam sao chu bac ong ba co chau oi nhe nha voi" +
    " ko k dc j z v want how of for my get the to do i a is what where").split(" "),
);
const ONSETS = "b|ch|c|d|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x";
const RIMES =
  "a|ac|ach|ai|am|an|ang|anh|ao|ap|at|au|ay|e|ec|ech|em|en|eng|enh|eo|ep|et|eu|i|ia|ich|iec|iem|ien|ieng|iep|iet" +
  "|ieu|im|in|inh|ip|it|iu|o|oa|oac|oach|oai|oam|oan|oang|oanh|oao|oap|oat|oay|oc|oe|oen|oeo|oet|oi|om|on|ong|ooc|oong" +
  "|op|ot|u|ua|uan|uang|uanh|uat|uau|uay|uc|ue|uech|uenh|ui|um|un|ung|uo|uoc|uoi|uom|uon|uong|uop|uot|uou|up|ut|uu|uy" +
  "|uya|uych|uyen|uyet|uynh|uyt|uyu|y|yem|yen|yet|yeu";
const SYLLABLE = new RegExp(`^(?:${ONSETS})?(?:${RIMES})$`);
const TELEX = [["dd", "d"], ["aa", "a"], ["ee", "e"], ["oo", "o"], ["aw", "a"], ["ow", "o"], ["uw", "u"], ["w", "u"]];
const LETTERS = [..."abcdefghijklmnopqrstuvwxyz"];

/**
 * @typedef {{code: string, titles: string[], aliases: string[], result: string[], body: string[], said: string[]}} Entry
 * @typedef {{words: string[], weight: number}} Option
 * @typedef {{code: string, score: number}} Found
 * @typedef {{found: Found[], elsewhere: number}} Searched best first, and what speaks for none of it
 */

/** @param {any} card @returns {Entry} what a card can be found by */
export function entryOf(card) {
  const texts = [card.authority, ...(card.papers ?? []), ...(card.steps ?? []), ...(card.notes ?? [])];
  return {
    code: card.code,
    titles: [card.name.vi, card.name.en],
    aliases: card.aliases ?? [],
    result: [card.result.vi],
    body: texts.map((text) => text.vi),
    said: card.said ?? [],
  };
}

/** @param {string} text @returns {string} lower-case and without marks: "Đường Đỗ" -> "duong do" */
export function fold(text) {
  return text.replace(/[đĐ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @param {string} text @returns {string[]} */
function words(text) {
  return fold(text).match(/[a-z0-9]+(?:\.[0-9]+)*/g) ?? [];
}

/** @param {string} text @returns {Set<string>} the words that carry marks */
function marked(text) {
  const written = text.normalize("NFC").toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(written.filter((word) => fold(word) !== word));
}

/** @param {string[]} found */
const pairs = (found) => found.slice(1).map((word, at) => `${found[at]} ${word}`);
export const isSyllable = (/** @type {string} */ word) => SYLLABLE.test(word);
const leastBeside = (/** @type {number} */ best) => best - (1 - LEAST_SHARE) * Math.abs(best);
const compare = (/** @type {any} */ a, /** @type {any} */ b) => (a < b ? -1 : a > b ? 1 : 0);
const lastSigns = (/** @type {string} */ text) => [...text].slice(-MOST_SIGNS).join("");

/** An index of everything this phone holds. */
export class Index {
  /** @param {Entry[]} entries @param {{short: string, longs: string[], beside?: boolean}[]} shortForms `beside`: what is meant stands beside what was said @param {any} [learned] what examples taught */
  constructor(entries, shortForms = [], learned = { classes: [], bias: [], weights: {} }) {
    this.learned = new Weights(learned);
    this.entries = [...entries].sort((a, b) => compare(a.code, b.code));
    this.codes = new Map(this.entries.map((entry) => [entry.code.replaceAll(".", "").toLowerCase(), entry.code]));
    const terms = this.entries.map((entry) => FIELDS.map(([name]) => entry[name].flatMap((text) => [...words(text), ...pairs(words(text))])));
    this.rarity = rarities(terms);
    this.postings = postings(terms, this.rarity);
    this.phrases = this.entries.map((entry) => this.phrasesOf(entry));
    this.marked = this.entries.map((entry) => new Set([...entry.titles, ...entry.aliases, ...entry.said].flatMap((text) => [...marked(text)])));
    /** @type {Map<string, number>} */
    this.counts = new Map();
    for (const term of terms.flat(2)) this.counts.set(term, (this.counts.get(term) ?? 0) + 1);
    this.short = new Map(shortForms.filter(({ beside }) => !beside).map(({ short, longs }) => [words(short).join(" "), longs.map(words)]));
    this.vocabulary = new Vocabulary(shortForms.filter(({ beside }) => beside));
    this.heard = new Map(this.counts);
    for (const term of this.vocabulary.terms) this.heard.set(term, (this.heard.get(term) ?? 0) + 1);
    const single = [...this.counts].filter(([term]) => !term.includes(" "));
    this.beginnings = single.sort((a, b) => b[1] - a[1] || compare(a[0], b[0])).map(([term]) => term);
  }

  /** @param {string} asking @param {number} [limit] @param {{typing?: boolean}} [how] typing: the last word may be unfinished @returns {Found[]} best first */
  search(asking, limit = 20, { typing = false } = {}) {
    return this.weigh(asking, limit, typing).found;
  }

  /** @param {string} asking @param {number} limit @param {boolean} [typing] @returns {Searched} */
  weigh(asking, limit, typing = false) {
    const text = lastSigns(asking);
    const asked = this.read(text);
    const terms = typing ? new Map([...this.endings(text), ...asked.terms]) : asked.terms;
    const scores = this.entries.map(() => 0);
    for (const [term, weight] of terms) for (const [number, impact] of this.postings.get(term) ?? []) scores[number] += weight * impact;
    const typed = new Map(asked.typed.filter((word) => this.rarity.has(word)).map((word) => [word, this.rarityOf(word)]));
    const marks = marked(text);
    // All others stay behind even if they were lifted as far as can be.
    const most = (1 + Math.max(0, ...terms.values()) * (TITLE_COVERAGE + EXACT)) * (1 + MARKS_AGREE) * 1.000001;
    const points = this.learned.points(terms);
    const taught = this.entries.map(({ code }) => points[code] ?? 0);
    const reached = scores.flatMap((score, number) => (score > 0 ? score + taught[number] : [])).sort((a, b) => b - a);
    const hoped = Math.max(leastBeside(reached[0] ?? 0), reached[limit - 1] ?? -Infinity);
    const ranked = this.entries
      .flatMap(({ code }, number) => (scores[number] > 0 && scores[number] * most + taught[number] >= hoped ? { code, score: scores[number] * this.lift(number, terms, typed, marks) + taught[number] } : []))
      .sort((a, b) => b.score - a.score || compare(a.code, b.code));
    const byCode = this.codesIn(text).map((code) => ({ code, score: BY_CODE }));
    const known = new Set(byCode.map(({ code }) => code));
    const least = ranked.length > 0 ? leastBeside(ranked[0].score) : 0;
    const found = [...byCode, ...ranked.filter(({ code, score }) => !known.has(code) && score >= least)].slice(0, limit);
    return { found, elsewhere: points.elsewhere ?? 0 };
  }

  /** @param {string} text */
  codesIn(text) {
    const wanted = (text.match(/[0-9]\.?[0-9]{6}/g) ?? []).map((code) => code.replaceAll(".", ""));
    wanted.push(text.trim().toLowerCase().replaceAll(".", ""));
    return [...new Set(wanted.flatMap((code) => this.codes.get(code) ?? []))];
  }

  /** What the last word may become: words seen after the one before it, else any. @param {string} text @returns {Map<string, number>} */
  endings(text) {
    const [before, last] = ["", "", ...words(text)].slice(-2);
    if (!last || !/[\p{L}\p{N}]$/u.test(text) || this.counts.has(last)) return new Map();
    const found = this.beginnings.filter((term) => term.startsWith(last));
    const backed = found.filter((term) => this.counts.has(`${before} ${term}`)).slice(0, MOST_ENDINGS);
    const terms = backed.length > 0 ? backed.flatMap((term) => [`${before} ${term}`, term]) : found.slice(0, MOST_ENDINGS);
    return new Map(terms.map((term) => [term, ENDING]));
  }

  /** @param {Entry} entry @returns {[string[], number, number][]} each title's and alias's words, their mass, and what saying all of it is worth */
  phrasesOf(entry) {
    const of = (/** @type {string[]} */ texts, /** @type {number} */ worth) =>
      texts.map((text) => {
        const found = [...new Set(words(text))];
        return /** @type {[string[], number, number]} */ ([found, total(found.map((word) => this.rarityOf(word))), worth]);
      });
    return [...of(entry.titles, TITLE_COVERAGE), ...of([...entry.aliases, ...entry.said], ALIAS_COVERAGE)];
  }

  /** @param {string} word */
  rarityOf(word) {
    return /** @type {number} */ (this.rarity.get(word));
  }

  /** @param {number} number @param {Map<string, number>} terms @param {Map<string, number>} typed @param {Set<string>} marks */
  lift(number, terms, typed, marks) {
    const asked = total([...typed.values()]);
    let best = 0;
    for (const [phrase, mass, worth] of this.phrases[number]) {
      const said = total(phrase.filter((word) => terms.has(word)).map((word) => this.rarityOf(word) * /** @type {number} */ (terms.get(word))));
      const fit = total(phrase.flatMap((word) => typed.get(word) ?? []));
      const covered = mass ? said / mass : 0;
      best = Math.max(best, covered * (worth + (asked ? (EXACT * fit) / asked : 0)));
    }
    const agreeing = [...marks].filter((mark) => this.marked[number].has(mark)).length;
    return (1 + best) * (1 + (MARKS_AGREE * agreeing) / Math.max(1, marks.size));
  }

  /** From a typed sentence to weighted terms: short forms written out, keys decoded, slips repaired; what was typed stays. @param {string} text */
  read(text) {
    const typed = this.stretches(words(text).slice(-MOST_WORDS));
    const spoken = typed.map((options) => (options.length === 2 && options[1].weight > GUESSED ? options[1] : options[0]).words);
    const heard = this.vocabulary.hear(spoken.flat(), marked(text));
    const owners = spoken.flatMap((said, at) => said.map(() => at));
    const aside = new Set(heard.filter(({ meanings }) => meanings.length === 0).flatMap(({ at, size }) => owners.slice(at, at + size)));
    const stretches = typed.map((options, at) => (aside.has(at) ? options.map((option) => ({ words: option.words, weight: option.weight * ASIDE })) : options));
    /** @type {Map<string, number>} */
    const terms = new Map();
    const add = (/** @type {string} */ term, /** @type {number} */ weight) => void terms.set(term, Math.max(terms.get(term) ?? 0, weight));
    const addPair = (/** @type {string} */ first, /** @type {string} */ second, /** @type {number} */ weight) => {
      if (!FILLERS.has(first) || !FILLERS.has(second)) add(`${first} ${second}`, weight);
    };
    const addWithin = (/** @type {Option} */ option) => {
      for (const word of option.words) if (!FILLERS.has(word)) add(word, option.weight);
      option.words.slice(1).forEach((word, at) => addPair(option.words[at], word, option.weight));
    };
    stretches.flat().forEach(addWithin);
    stretches.slice(1).forEach((right, at) => {
      for (const first of stretches[at]) for (const second of right) addPair(/** @type {string} */ (first.words.at(-1)), second.words[0], Math.min(first.weight, second.weight));
    });
    for (const { meanings, size } of heard) for (const meaning of meanings) addWithin({ words: meaning, weight: worth(meaning.length, meanings.length, size) });
    const telling = typed.flatMap(([{ words }], at) => (aside.has(at) ? [] : words.filter((word) => !FILLERS.has(word))));
    return { terms, typed: [...new Set(telling)] };
  }

  /** @param {string[]} asked @returns {Option[][]} */
  stretches(asked) {
    /** @type {Option[][]} */
    const stretches = [];
    for (let at = 0; at < asked.length; ) {
      const [size, meanings] = this.shortFormAt(asked, at);
      const typed = { words: asked.slice(at, at + size), weight: TYPED };
      const weight = meanings.length === 1 ? WRITTEN_OUT : ONE_OF_SEVERAL;
      const before = stretches.at(-1)?.at(-1)?.words.at(-1) ?? "";
      const others = meanings.length > 0 ? meanings.map((meaning) => ({ words: meaning, weight })) : this.repaired(asked[at], before, asked[at + 1] ?? "");
      stretches.push([typed, ...others]);
      at += size;
    }
    return stretches;
  }

  /** @param {string[]} asked @param {number} at @returns {[number, string[][]]} */
  shortFormAt(asked, at) {
    for (let size = LONGEST_SHORT_FORM; size > 0; size -= 1) {
      const meanings = at + size <= asked.length ? this.short.get(asked.slice(at, at + size).join(" ")) : undefined;
      if (meanings?.length) return [size, meanings];
    }
    return [1, []];
  }

  /** What else a word may be; one that is known beside its neighbours is left alone. @param {string} word @param {string} before @param {string} after @returns {Option[]} */
  repaired(word, before, after) {
    const isStrange = !isSyllable(word) && !this.heard.has(word);
    const decoded = isStrange ? readKeys(word) : null;
    if (decoded !== null) return [{ words: [decoded], weight: REPAIRED }];
    if (!isStrange && (this.heard.has(`${before} ${word}`) || this.heard.has(`${word} ${after}`) || FILLERS.has(word))) return [];
    const found = this.meant(word, before, after);
    if (found === null) return [];
    if (isStrange) return [{ words: [found.option], weight: REPAIRED }];
    return found.isBacked ? [{ words: [found.option], weight: GUESSED }] : [];
  }

  /** The known word one slip away that fits best. @param {string} word @param {string} before @param {string} after */
  meant(word, before, after) {
    if (word.length < LEAST_LETTERS || /\d/.test(word)) return null;
    const seen = (/** @type {string} */ term) => this.heard.get(term) ?? 0;
    let best = null;
    for (const option of [...oneSlipAway(word)].filter(seen).sort(compare)) {
      const beside = seen(`${before} ${option}`) + seen(`${option} ${after}`);
      const score = beside * NEIGHBOURS_COUNT + seen(option);
      if (best === null || score > best.score) best = { option, score, isBacked: beside > 0 };
    }
    return best;
  }
}

/** What each feature says for each class, as marked examples taught it: the server's aoxanh.assistant.weighing, point for point. */
export class Weights {
  /** @param {{classes: string[], bias: number[], weights: Record<string, number[]>}} held of each feature the number of a class and its points, in turn */
  constructor(held) {
    this.held = held;
  }

  /** @param {Map<string, number>} features @returns {Record<string, number>} the points of each class */
  points(features) {
    const { classes, bias, weights } = this.held;
    const known = [...features].filter(([one]) => Object.hasOwn(weights, one));
    const length = Math.sqrt(total(known.map(([, much]) => much * much))) || 1;
    const points = [...bias];
    for (const [one, much] of known) weights[one].forEach((each, at, held) => at % 2 && (points[held[at - 1]] += (each * much) / length));
    return Object.fromEntries(classes.map((name, at) => [name, points[at]]));
  }
}

/** A meaning of more words counts less in each, a saying of more words more. @param {number} length @param {number} howMany @param {number} size */
const worth = (length, howMany, size) => {
  const surer = size === 0 ? MOST_SURE : Math.min(MOST_SURE, 1 + SURER * Math.max(0, size - FULL_SIZE));
  return (howMany === 1 ? MEANT : ONE_MEANT) * surer * Math.sqrt(Math.min(1, FULL_SIZE / length));
};

/** What people mean by what they say; the server's retrieval/meaning.py. */
class Vocabulary {
  /** @param {{short: string, longs: string[]}[]} sayings */
  constructor(sayings) {
    /** @type {Map<string, string[][]>} */
    this.whole = new Map();
    /** @type {Map<string, Set<string>>} */
    this.marks = new Map();
    /** @type {Map<string, [string, string[][]][]>} */
    this.gapped = new Map();
    for (const { short, longs } of sayings) {
      const meanings = longs.map(words);
      const [first, last] = short.split(GAP).map((part) => words(part).join(" "));
      if (last !== undefined) this.gapped.set(first, [...(this.gapped.get(first) ?? []), [last, meanings]]);
      else this.whole.set(first, meanings);
      if (last === undefined && !first.includes(" ")) this.marks.set(first, new Set([...(this.marks.get(first) ?? []), ...marked(short)]));
    }
  }

  get terms() {
    const gapped = [...this.gapped].flatMap(([first, ends]) => ends.map(([last, meant]) => /** @type {const} */ ([`${first} ${last}`, meant])));
    const phrases = [...this.whole, ...gapped].flatMap(([said, meant]) => [said.split(" "), ...meant]);
    return phrases.flatMap((phrase) => [...phrase, ...pairs(phrase)]);
  }

  /** @param {string[]} spoken @param {Set<string>} marks @returns {{at: number, size: number, meanings: string[][]}[]} a saying over a gap has no size */
  hear(spoken, marks) {
    const found = [];
    const written = new Map();
    for (const word of marks) written.set(fold(word), [...(written.get(fold(word)) ?? []), word]);
    const phrase = (/** @type {number} */ at, /** @type {number} */ size) => spoken.slice(at, at + size).join(" ");
    for (let at = 0, ended = 0; at < spoken.length; at += 1) {
      for (let size = Math.min(LONGEST_SAID, spoken.length - at); size > 0; size -= 1) {
        const key = phrase(at, size);
        for (const [last, meanings] of this.gapped.get(key) ?? []) if (this.isSaidBehind(last, at + size, phrase)) found.push({ at, size: 0, meanings });
        const meanings = this.whole.get(key);
        if (!meanings || at + size <= ended || !this.isWrittenSo(key, written.get(key) ?? [])) continue;
        ended = at + size;
        found.push({ at, size, meanings });
        break;
      }
    }
    return found;
  }

  /** @param {string} last @param {number} begin @param {(at: number, size: number) => string} phrase */
  isSaidBehind(last, begin, phrase) {
    const size = last.split(" ").length;
    const goesOn = (/** @type {number} */ at) => {
      for (let longer = size + 1; longer <= LONGEST_SAID; longer += 1) if (this.whole.has(phrase(at, longer))) return true;
      return false;
    };
    for (let at = begin; at <= begin + MOST_BETWEEN; at += 1) if (phrase(at, size) === last && !goesOn(at)) return true;
    return false;
  }

  /** @param {string} key @param {string[]} written */
  isWrittenSo(key, written) {
    const asked = this.marks.get(key);
    return written.length === 0 || !asked?.size || written.some((word) => asked.has(word));
  }
}

/** @param {string} word @returns {string | null} the syllable that raw Telex or VNI keys stand for */
export function readKeys(word) {
  let bare = word.replace(/[0-9]/g, "");
  if (bare !== word) return word.length >= LEAST_LETTERS && isSyllable(bare) ? bare : null;
  for (const [double, letter] of TELEX) bare = bare.replaceAll(double, letter);
  const tones = [...bare.matchAll(/[sfrxj]/g)].map((at) => at.index).filter((at) => at > 0).reverse();
  const options = [bare, ...tones.map((at) => bare.slice(0, at) + bare.slice(at + 1))];
  return options.find((option) => option !== word && isSyllable(option)) ?? null;
}

/** @param {string} word @returns {Set<string>} */
function oneSlipAway(word) {
  const found = new Set();
  for (let at = 0; at <= word.length; at += 1) {
    const [left, right] = [word.slice(0, at), word.slice(at)];
    for (const sign of LETTERS) found.add(left + sign + right);
    if (!right) continue;
    found.add(left + right.slice(1));
    for (const sign of LETTERS) found.add(left + sign + right.slice(1));
    if (right.length > 1) found.add(left + right[1] + right[0] + right.slice(2));
  }
  found.delete(word);
  return found;
}

/** @param {number[]} values */
const total = (values) => values.reduce((sum, value) => sum + value, 0);

/** @param {string[][][]} terms @returns {Map<string, number>} */
function rarities(terms) {
  const seen = new Map();
  const see = (/** @type {string} */ term, /** @type {number} */ share) => void seen.set(term, (seen.get(term) ?? 0) + share);
  for (const ofEntry of terms) {
    const called = new Set(ofEntry.slice(0, -1).flat());
    for (const term of called) see(term, 1);
    for (const term of new Set(ofEntry.at(-1))) if (!called.has(term)) see(term, MENTIONED);
  }
  return new Map([...seen].map(([term, n]) => [term, Math.floor(Math.log(1 + (terms.length - n + 0.5) / (n + 0.5)) * 1e6 + 0.5) / 1e6]));
}

/** @param {string[][][]} terms @param {Map<string, number>} rarity @returns {Map<string, [number, number][]>} */
function postings(terms, rarity) {
  const averages = FIELDS.map((_, at) => Math.max(1, total(terms.map((ofEntry) => ofEntry[at].length)) / Math.max(1, terms.length)));
  const found = new Map();
  terms.forEach((ofEntry, number) => {
    const weights = new Map();
    FIELDS.forEach(([, weight], at) => {
      const length = 1 - SHORTER_IS_BETTER + (SHORTER_IS_BETTER * ofEntry[at].length) / averages[at];
      for (const term of ofEntry[at]) weights.set(term, (weights.get(term) ?? 0) + weight / length);
    });
    for (const [term, weight] of weights) {
      const impact = (/** @type {number} */ (rarity.get(term)) * weight * (K1 + 1)) / (weight + K1);
      if (!found.has(term)) found.set(term, []);
      found.get(term).push([number, impact]);
    }
  });
  return found;
}
