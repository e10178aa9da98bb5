// @ts-check
/** Who replies on this phone, made of the cards, their index and the pack; the same as `_turn` on the server. */

import { fold } from "../../retrieval.js";

export const NONE_OF_THESE = "không có cái nào";
const MOST_OFFERED = 5;

/**
 * @typedef {{code: string, title: string, apart: string}} Named
 * @typedef {{code: string, title: string, field: string, valid_from: string, confidence: string, link: string, is_stale: boolean}} Source
 * @typedef {{text: string, source: Source, is_certain: boolean}} Sentence
 * @typedef {{kind: string, say: string, slot: string | null, sentences: Sentence[], candidates: Named[], rule: string, go: string}} Part
 * @typedef {{code: string, slot: string | null, offered: string[], before: string}} Pinned
 * @typedef {{parts: Part[], pinned: Pinned, language: string}} Reply
 * @typedef {{turn: (text: string, pinned: Pinned, language: "vi" | "en", today: string) => Reply}} Assistant
 */

/** @type {Pinned} what is remembered at the beginning */
export const NOTHING = { code: "", slot: null, offered: [], before: "" };

/** @param {any[]} cards @param {import("../../retrieval.js").Index} index @param {any} pack @returns {Assistant} */
export function assistantOf(cards, index, pack) {
  const held = new Map(cards.map((card) => [card.code, card]));
  return { turn: (text, pinned, language) => byName(index.search(text).map(({ code }) => held.get(code)), text, pinned, language, pack.phrases) };
}

/**
 * The reply by names alone: the procedures that may be meant, best first, and nothing said of them.
 * @param {any[]} cards @param {string} text @param {Pinned} pinned @param {"vi" | "en"} language @param {any} phrases @returns {Reply}
 */
function byName(cards, text, pinned, language, phrases) {
  const said = (/** @type {string} */ key) => phrases[key][language];
  const part = { slot: null, sentences: [], rule: "" };
  if (cards.length === 0 || fold(text).replace(/^[ .!?]+|[ .!?]+$/g, "") === fold(NONE_OF_THESE)) {
    const handed = { ...part, kind: "outside", say: said("none"), candidates: [], go: said("ask_official") };
    return { parts: [handed], pinned: { ...NOTHING, before: pinned.code }, language };
  }
  const offered = cards.slice(0, MOST_OFFERED);
  const codes = offered.map((card) => card.code);
  const candidates = offered.map((card) => ({ code: card.code, title: card.name[language], apart: "" }));
  return {
    parts: [{ ...part, kind: "answer", say: said("found"), candidates, go: "" }],
    pinned: { code: codes.length === 1 ? codes[0] : "", slot: null, offered: codes, before: pinned.code },
    language,
  };
}
