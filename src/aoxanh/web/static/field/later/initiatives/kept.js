// @ts-check
/** Proposals of creative models, kept on this phone until the server has them; what became of them as last fetched; the draft. */

import { rememberSealed, sealedSetting } from "../../store.js";
import { pull, queue } from "../queue.js";

const DRAFT = "later.draft.initiative";

/**
 * @typedef {{kind: string, title: string, problem: string, steps: string, where: string, volunteers: string, equipment: string, limits: string}} Draft
 * @typedef {Omit<Draft, "volunteers"> & {volunteers: number, made_at: number}} Told
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{id: string, title: string, state: string, state_name: Words, reason: string, since: number}} Own
 */

/** @type {ReturnType<typeof queue<Told>>} */
const held = queue({ prefix: "later.proposal.", path: "/initiatives/proposals", list: "proposals", batch: 2 });

export const { noted, drop } = held;

/** @returns {Promise<{may_propose: boolean, kinds: (Words & {key: string})[], proposals: Own[]} | undefined>} as the phone last heard of it */
export function known() {
  return sealedSetting("proposals");
}

/** @returns {Promise<Draft>} what was being written, or a new beginning */
export async function draft() {
  return (await sealedSetting(DRAFT)) ?? { kind: "other", title: "", problem: "", steps: "", where: "", volunteers: "", equipment: "", limits: "" };
}

/** @param {Draft} written */
export function keepDraft(written) {
  return rememberSealed(DRAFT, written);
}

/** Notes the proposal, which ends the draft; on the disk when this resolves. @param {Draft} written */
export function note(written) {
  return held.note({ ...written, volunteers: Number(written.volunteers) || 0, made_at: Date.now() }, DRAFT);
}

/** Takes one that the server refused as the draft again. @param {import("../queue.js").Noted<Told>} one */
export async function takeBack({ id, kind, title, problem, steps, where, volunteers, equipment, limits }) {
  await keepDraft({ kind, title, problem, steps, where, volunteers: volunteers ? String(volunteers) : "", equipment, limits });
  await drop(id);
}

/** Hands in what waits, and fetches what became of it if that was a while ago. Throws Unreachable. @param {string} token @param {boolean} always */
export async function exchange(token, always) {
  const sent = await held.handIn(token);
  await pull("proposals", "/initiatives/proposals", token, always || sent);
}
