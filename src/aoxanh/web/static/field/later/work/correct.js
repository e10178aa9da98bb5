// @ts-check
/** Correcting a record: a new revision with a reason, or the same record again when the server had refused it. */

import { h } from "../../dom.js";
import { fields } from "../../form.js";
import * as outbox from "../../outbox.js";
import { button, notice } from "../../parts.js";
import { correction, formOf, mended } from "../../record.js";
import * as reference from "../../reference.js";
import { saveForm } from "../../saving.js";
import { subject } from "../../summary.js";
import { t } from "../../words.js";

/** @param {string} id @returns {Promise<import("../../shell.js").Screen>} */
export async function show(id) {
  const item = (await outbox.work()).find(({ record }) => record.id === id);
  const frame = { title: t("record.correct_title"), back: `#/session/${id}`, tabs: false };
  if (!item) return { ...frame, body: [h("h1", { tabindex: "-1" }, t("work.one")), notice("info", t("work.missing"))] };
  const { record, state, error } = item;
  const refused = state === "rejected";
  const form = { ...formOf(record), reason: refused ? record.reason : "" };
  const reasonNeeded = !refused || record.revision > 0;
  const cards = new Map((await reference.cards()).map((one) => [one.code, one]));
  const make = () => (refused ? mended(record, form, error?.code ?? "") : correction(record, form));
  const save = () =>
    saveForm(form, {
      reasonNeeded,
      make,
      instead: refused ? record.id : undefined,
      after: (saved) => location.replace(`#/session/${saved.id}`),
    });
  return {
    ...frame,
    body: [h("h1", { tabindex: "-1" }, subject(record, cards)), ...fields(form, { languages: await reference.list("languages"), withReason: reasonNeeded })],
    action: [button(t("record.save_again"), save, { class: "primary", id: "save" })],
  };
}
