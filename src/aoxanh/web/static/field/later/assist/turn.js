// @ts-check
/** Who replies on this phone, made of the cards, their index and the pack; the same as the server's, reply for reply. */

import * as guard from "../../guard.js";
import * as reference from "../../reference.js";
import { Assistant } from "./dialogue.js";
import { Policy } from "./policy.js";

export { NOTHING } from "./dialogue.js";
export const NONE_OF_THESE = "không có cái nào";

/**
 * @typedef {{code: string, title: string, apart: string}} Named
 * @typedef {{code: string, title: string, field: string, valid_from: string, confidence: string, link: string, is_stale: boolean}} Source
 * @typedef {{text: string, source: Source, is_certain: boolean}} Sentence
 * @typedef {{kind: string, say: string, slot: string | null, sentences: Sentence[], candidates: Named[], rule: string, go: string}} Part
 * @typedef {{code: string, slot: string | null, offered: string[], before: string}} Pinned
 * @typedef {{parts: Part[], pinned: Pinned, language: string}} Reply
 */

/**
 * @param {any[]} cards @param {import("../../retrieval.js").Index} index @param {any} pack
 * @returns {Promise<{turn: (text: string, pinned: Pinned, language: "vi" | "en") => Reply}>}
 */
export async function assistantOf(cards, index, pack) {
  await guard.load();
  const policy = new Policy(pack.policy);
  const { vneid } = await reference.list("guides");
  const isOld = Date.now() - (await reference.refreshedAt()) > reference.STALE_MS;
  return new Assistant({ cards, index, phrases: pack.phrases, learned: pack.learned, vneid, judge: (/** @type {string} */ text) => policy.judge(text), isStale: () => isOld });
}
