// @ts-check
/** Recording a help or counted work: at most four taps from the card to "saved". */

import * as account from "../account.js";
import * as drafts from "../drafts.js";
import { h } from "../dom.js";
import { fields } from "../form.js";
import * as gate from "../gate.js";
import { button, notice } from "../parts.js";
import { blank, firstRecord, isCounted } from "../record.js";
import * as reference from "../reference.js";
import { saveForm } from "../saving.js";
import { COUNTED, HELP_MINUTES } from "../vocabulary.js";
import { inLanguage, t } from "../words.js";

const KNOWN = ["procedure", "vneid", ...COUNTED];
const MINUTE_MS = 60_000;

/** @param {string} activity @param {string} [code] @returns {Promise<import("../shell.js").Screen>} */
export async function show(activity, code) {
  const kind = KNOWN.includes(activity) ? activity : "vneid";
  const card = code ? await reference.card(code) : null;
  const back = card ? `#/card/${encodeURIComponent(card.code)}` : kind === "vneid" ? "#/vneid" : "#/";
  const title = t(isCounted(kind) ? "record.count_title" : "record.title");
  const heading = h("h1", { tabindex: "-1" }, card ? inLanguage(card.name) : t(`activity.${kind}`));
  const frame = { title, back, tabs: false };
  const person = await account.me();
  if (person.lacks_consent) return { ...frame, body: [heading, notice("bad", t("notice.consent"))] };
  const team = await account.currentTeam(person);
  if (!team) return { ...frame, body: [heading, notice("warn", t("record.need.team"))] };
  if (kind === "procedure" && !card) return { ...frame, body: [heading, notice("warn", t("card.missing"))] };
  const closed = gate.closed(person, team, kind);
  if (closed) return { ...frame, redrawOn: ["state"], body: [heading, closed] };
  const form = blank(kind, await known(kind, card));
  return {
    ...frame,
    body: [heading, h("p", { class: "muted" }, t("record.no_name")), ...fields(form, { languages: await reference.list("languages") })],
    action: [button(t("record.save"), () => save(form, team), { class: "primary", id: "save" })],
  };
}

/** @param {import("../record.js").Form} form @param {import("../account.js").Team} team */
function save(form, team) {
  return saveForm(form, {
    make: () => firstRecord(form, team),
    after: async (record) => {
      await drafts.learn(record);
      location.replace(`#/saved/${record.id}`);
    },
  });
}

/** What need not be asked: the place and language of the last time, the time since the card was opened. @param {string} activity @param {any} card */
async function known(activity, card) {
  const usual = await drafts.habits(activity);
  /** @type {Partial<import("../record.js").Form>} */
  const form = {};
  if (usual.mode) form.mode = usual.mode;
  if (usual.language && !isCounted(activity)) form.language = usual.language;
  if (usual.minutes) form.minutes = usual.minutes;
  if (!card) return form;
  const draft = await drafts.begun(card.code, card.version);
  const passed = (Date.now() - draft.startedAt) / MINUTE_MS;
  if (passed >= HELP_MINUTES[0]) form.minutes = nearest(passed);
  return { ...form, procedure: card.code, procedure_version: card.version, steps_done: draft.steps };
}

/** @param {number} passed */
function nearest(passed) {
  return HELP_MINUTES.reduce((best, value) => (Math.abs(value - passed) < Math.abs(best - passed) ? value : best));
}
