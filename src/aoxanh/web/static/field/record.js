// @ts-check
/** What one piece of help is told in: from the form to the records of the sync protocol (schema 1), and back. */

import * as guard from "./guard.js";
import { returnCode, uuid7, vietnamDay } from "./ids.js";
import { COUNTED } from "./vocabulary.js";
import { has, t } from "./words.js";

const SCHEMA = 1;
const NOTE_MAX = 280;
const REASON_MAX = 200;
const MINUTES_MAX = 600;
const QUANTITY_MAX = 100_000;
const ANEW = ["clash", "day_out_of_range"];

/**
 * @typedef {{activity: string, procedure: string | null, procedure_version: number | null, mode: string, outcome: string,
 *   obstacle: string, minutes: number, quantity: number, language: string, age_band: string, typed_by: string,
 *   steps_done: number[], refused: string[], handover_reason: string, note: string, reason: string}} Form
 */

/** @param {string} activity @returns {boolean} whether it is counted in files or people rather than told as one person's help */
export function isCounted(activity) {
  return COUNTED.includes(activity);
}

/** @param {string} activity @param {Partial<Form>} known what the app knows already @returns {Form} */
export function blank(activity, known) {
  const counted = isCounted(activity);
  return {
    activity,
    procedure: null,
    procedure_version: null,
    mode: "desk",
    outcome: counted ? "finished" : "",
    obstacle: "none",
    minutes: counted ? 60 : 10,
    quantity: 1,
    language: "vie",
    age_band: "unknown",
    typed_by: counted ? "nobody" : "citizen",
    steps_done: [],
    refused: [],
    handover_reason: "",
    note: "",
    reason: "",
    ...known,
  };
}

/** @param {any} record @returns {Form} the record as it can be changed; the reason is asked anew */
export function formOf(record) {
  const { id, seq, schema, root, revision, withdrawn, commune, day, captured_at, team, return_code, ...told } = record;
  return { ...told, reason: "" };
}

/**
 * @param {Form} form @param {{reasonNeeded?: boolean}} [how]
 * @returns {Record<string, string>} what is wrong, by field; empty when the form can be saved
 */
export function complaints(form, { reasonNeeded = false } = {}) {
  /** @type {Record<string, string>} */
  const wrong = {};
  for (const field of ["outcome", "mode"]) if (!form[/** @type {keyof Form} */ (field)]) wrong[field] = t(`record.need.${field}`);
  if (form.outcome === "handed_over" && !form.handover_reason) wrong.handover_reason = t("record.need.handover_reason");
  if (!whole(form.minutes, 0, MINUTES_MAX)) wrong.minutes = t("record.need.minutes");
  if (!whole(form.quantity, 1, QUANTITY_MAX)) wrong.quantity = t("record.need.quantity");
  if (reasonNeeded && !plain(form.reason)) wrong.reason = t("record.need.reason");
  for (const field of ["note", "reason"]) {
    const complaint = textComplaint(field, form[/** @type {"note" | "reason"} */ (field)]);
    if (complaint) wrong[field] ??= complaint;
  }
  return wrong;
}

/** @param {string} field "note" or "reason" @param {string} text @returns {string} what is wrong with it, or "" */
export function textComplaint(field, text) {
  const most = field === "reason" ? REASON_MAX : NOTE_MAX;
  if ([...plain(text)].length > most) return t("record.too_long", { n: most });
  if (!plain(text)) return "";
  if (!guard.isReady()) return t("record.unjudged");
  const kinds = [...new Set(guard.find(plain(text)).map((found) => found.kind))];
  if (kinds.length === 0) return "";
  const names = kinds.map((kind) => t(has(`kind.${kind}`) ? `kind.${kind}` : "kind.other"));
  return t("record.personal", { kinds: [...new Set(names)].join(", ") });
}

/** @param {Form} form @param {import("./account.js").Team} team @returns {any} a first record */
export function firstRecord(form, team) {
  const id = uuid7();
  const code = isCounted(form.activity) ? "" : returnCode();
  const frame = { id, schema: SCHEMA, root: id, revision: 0, withdrawn: false, commune: team.commune.code, day: vietnamDay(), team: team.id, return_code: code };
  return { ...frame, captured_at: Date.now(), ...told(form), reason: "" };
}

/** @param {any} record @param {Form} form @returns {any} a later revision of a record that the phone holds or has sent */
export function correction(record, form) {
  return { ...nextRevision(record), ...told(form), reason: plain(form.reason) };
}

/** @param {any} record @param {string} reason @returns {any} the revision that takes the record back */
export function withdrawal(record, reason) {
  return { ...nextRevision(record), withdrawn: true, reason: plain(reason) };
}

/**
 * A refused record corrected: nothing was stored, so it keeps its id; after a clash or with an impossible day it begins anew.
 * @param {any} record @param {Form} form @param {string} code why it was refused
 */
export function mended(record, form, code) {
  const reason = record.revision > 0 ? plain(form.reason) || record.reason : "";
  const same = { ...record, ...told(form), reason };
  if (!ANEW.includes(code)) return same;
  const id = uuid7();
  if (record.revision > 0) return { ...same, id };
  return { ...same, id, root: id, day: code === "day_out_of_range" ? vietnamDay() : record.day, captured_at: Date.now() };
}

/** @param {{record: any}[]} work newest first or not @returns {any[]} of each root the item that counts */
export function effective(work) {
  /** @type {Map<string, any>} */
  const best = new Map();
  for (const item of work) {
    const held = best.get(item.record.root);
    if (!held || isLater(item.record, held.record)) best.set(item.record.root, item);
  }
  return work.filter((item) => best.get(item.record.root) === item);
}

/** @param {any} a @param {any} b */
function isLater(a, b) {
  return a.revision > b.revision || (a.revision === b.revision && a.id > b.id);
}

/** @param {any} record */
function nextRevision(record) {
  return { ...record, id: uuid7(), revision: record.revision + 1, captured_at: Date.now() };
}

/** @param {Form} form the fields that tell the help, put in order */
function told(form) {
  return {
    activity: form.activity,
    procedure: form.procedure,
    procedure_version: form.procedure_version,
    mode: form.mode,
    outcome: form.outcome,
    obstacle: form.obstacle,
    minutes: form.minutes,
    quantity: form.quantity,
    language: form.language,
    age_band: form.age_band,
    typed_by: form.typed_by,
    steps_done: [...form.steps_done].sort((a, b) => a - b),
    refused: [...form.refused].sort(),
    handover_reason: form.outcome === "handed_over" ? form.handover_reason : "",
    note: plain(form.note),
  };
}

/** @param {string} text @returns {string} composed, without control characters, single spaces */
function plain(text) {
  return text.normalize("NFC").replace(/[\p{Cc}\p{Cs}\s]+/gu, " ").trim();
}

/** @param {number} value @param {number} least @param {number} most */
function whole(value, least, most) {
  return Number.isInteger(value) && value >= least && value <= most;
}
