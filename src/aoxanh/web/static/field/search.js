// @ts-check
/** Finding a procedure the way people type: without accents, with short forms, by code, in any order. */

const FILLER = new Set("la va cua co cho duoc cac nhung mot nay thi ma toi em anh chi o voi nhu gi de khi den ra tai can muon a hay xin lam nao di bi".split(" "));
const WEIGHT = { name: 3, alias: 2.2, rest: 0.6 };
const PREFIX_SHARE = 0.7;
const ENOUGH = 0.5;

/** @typedef {{code: string, name: string, names: string[], aliases: string[][], rest: string[], card: any}} Entry */

/** @param {string} text @returns {string} lower-case, without diacritics: "Đường Đỗ" -> "duong do" */
export function fold(text) {
  const bare = text.replace(/[đĐ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
  return bare.toLowerCase().replace(/\s+/g, " ").trim();
}

/** @param {string} text @returns {string[]} */
function words(text) {
  return fold(text).match(/[\p{L}\p{N}.]+/gu)?.map((word) => word.replace(/^\.+|\.+$/g, "")).filter(Boolean) ?? [];
}

/** Makes cards ready to be searched. @param {any[]} cards @returns {Entry[]} */
export function index(cards) {
  return cards.map((card) => ({
    code: card.code,
    name: fold(`${card.name.vi} ${card.name.en ?? ""}`),
    names: words(`${card.name.vi} ${card.name.en ?? ""}`),
    aliases: (card.aliases ?? []).map(words),
    rest: words(`${card.authority?.vi ?? ""} ${card.result?.vi ?? ""}`),
    card,
  }));
}

/**
 * @param {Entry[]} entries @param {string} query @param {any[]} abbreviations `{short, long}` or `{short, longs}`
 * @param {Record<string, number>} [uses] how often this person used each code; decides between equals
 * @returns {any[]} the cards found, best first
 */
export function search(entries, query, abbreviations, uses = {}) {
  const variants = readings(query, abbreviations);
  const frequency = documentFrequency(entries);
  const scored = entries.map((entry) => {
    const scores = variants.map((variant) => score(entry, variant, frequency, entries.length));
    return { card: entry.card, score: Math.max(0, ...scores) };
  });
  const found = scored.filter((item) => item.score > 0);
  const rank = (/** @type {{card: any, score: number}} */ item) => item.score + Math.min(uses[item.card.code] ?? 0, 20) / 200;
  return found.sort((a, b) => rank(b) - rank(a) || a.card.code.localeCompare(b.card.code)).map((item) => item.card);
}

/** @param {string} query @param {any[]} abbreviations @returns {string[][]} the query's words, and again with short forms written out */
function readings(query, abbreviations) {
  const typed = words(query);
  let variants = [typed];
  for (const { short, long, longs } of abbreviations) {
    const from = words(short);
    const expansions = (longs ?? [long]).map(words);
    variants = variants.concat(variants.flatMap((variant) => replaced(variant, from, expansions))).slice(0, 24);
  }
  return variants.filter((variant) => variant.length > 0);
}

/** @param {string[]} variant @param {string[]} from @param {string[][]} expansions @returns {string[][]} */
function replaced(variant, from, expansions) {
  const at = variant.findIndex((_, place) => from.every((word, step) => variant[place + step] === word));
  if (at < 0 || from.length === 0) return [];
  return expansions.map((to) => [...variant.slice(0, at), ...to, ...variant.slice(at + from.length)]);
}

/** @param {Entry[]} entries @returns {Map<string, number>} in how many cards each word stands */
function documentFrequency(entries) {
  const frequency = new Map();
  for (const entry of entries) {
    for (const word of new Set([...entry.names, ...entry.aliases.flat(), ...entry.rest])) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return frequency;
}

/** @param {Entry} entry @param {string[]} typed @param {Map<string, number>} frequency @param {number} size */
function score(entry, typed, frequency, size) {
  const whole = typed.join(" ");
  if (typed.some((word) => entry.code === word || (word.length >= 4 && /\d/.test(word) && entry.code.includes(word)))) return 100;
  const telling = typed.filter((word) => !FILLER.has(word));
  const sought = telling.length > 0 ? telling : typed;
  let total = 0;
  let weight = 0;
  let matched = 0;
  for (const word of sought) {
    const rarity = Math.log(1 + size / (1 + (frequency.get(word) ?? 0)));
    const best = Math.max(
      WEIGHT.name * match(entry.names, word),
      WEIGHT.alias * Math.max(0, ...entry.aliases.map((alias) => match(alias, word))),
      WEIGHT.rest * match(entry.rest, word),
    );
    weight += rarity;
    total += rarity * best;
    if (best > 0) matched += 1;
  }
  if (matched / sought.length < ENOUGH) return 0;
  return (total / weight) * (matched / sought.length) + phrase(entry, whole) + coverage(entry, sought);
}

/** @param {string[]} among @param {string} word @returns {number} 1 for the word itself, less for a word that begins so */
function match(among, word) {
  if (among.includes(word)) return 1;
  return word.length >= 2 && among.some((other) => other.startsWith(word)) ? PREFIX_SHARE : 0;
}

/** Words that stand together count more. @param {Entry} entry @param {string} whole */
function phrase(entry, whole) {
  if (!whole.includes(" ")) return 0;
  if (entry.name.includes(whole)) return 2;
  return entry.aliases.some((alias) => alias.join(" ").includes(whole)) ? 1.6 : 0;
}

/** A short name that the query fills is meant rather than a long one that happens to hold the words. @param {Entry} entry @param {string[]} sought */
function coverage(entry, sought) {
  const filled = entry.names.filter((word) => sought.includes(word)).length;
  return filled / (entry.names.length + 4);
}
