// @ts-check
/** Proposals of creative models, kept on this phone until the server has them; what became of them as last fetched; the draft. */

import { rememberSealed, sealedSetting } from "../../store.js";
import { pull, queue } from "../queue.js";

/** Where the draft of a new one lies, or the draft that changes one that was sent back. @param {string} [of] */
const place = (of) => (of ? `later.draft.initiative.${of}` : "later.draft.initiative");
const EMPTY = { kind: "other", title: "", problem: "", steps: "", where: "", volunteers: "", equipment: "", limits: "" };

/**
 * @typedef {{kind: string, title: string, problem: string, steps: string, where: string, volunteers: string, equipment: string, limits: string}} Draft
 * @typedef {Omit<Draft, "volunteers"> & {volunteers: number}} Sayings
 * @typedef {Sayings & {made_at: number, of?: string}} Told
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{id: string, title: string, state: string, state_name: Words, reason: string, since: number, words?: Sayings}} Own
 */

/** @type {ReturnType<typeof queue<Told>>} */
const held = queue({ prefix: "later.proposal.", path: "/initiatives/proposals", list: "proposals", batch: 2 });

export const { noted, drop } = held;

/** @returns {Promise<{may_propose: boolean, kinds: (Words & {key: string})[], proposals: Own[]} | undefined>} as the phone last heard of it */
export function known() {
  return sealedSetting("proposals");
}

/** @param {Own} [own] one that was sent back @returns {Promise<Draft>} what was being written, or its words, or a new beginning */
export async function draft(own) {
  return (await sealedSetting(place(own?.id))) ?? (own?.words ? written(own.words) : { ...EMPTY });
}

/** @param {Draft} told @param {string} [of] */
export function keepDraft(told, of) {
  return rememberSealed(place(of), told);
}

/** Notes the proposal, which ends the draft; on the disk when this resolves. @param {Draft} told @param {string} [of] the one sent back that it changes */
export function note(told, of) {
  return held.note({ ...told, volunteers: Number(told.volunteers) || 0, made_at: Date.now(), of }, place(of));
}

/** Takes one that the server refused as the draft again. @param {import("../queue.js").Noted<Told>} one */
export async function takeBack(one) {
  await keepDraft(written(one), one.of);
  await drop(one.id);
}

/** @param {Sayings} told @returns {Draft} */
function written({ kind, title, problem, steps, where, volunteers, equipment, limits }) {
  return { kind, title, problem, steps, where, volunteers: volunteers ? String(volunteers) : "", equipment, limits };
}

/** Hands in what waits, and fetches what became of it if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const sent = await held.handIn(token);
  await pull("proposals", "/initiatives/proposals", token, always || sent);
}
