// @ts-check
/** One line and one table about a record, in the person's words. */

import { h } from "./dom.js";
import { isCounted } from "./record.js";
import { inLanguage, number, t } from "./words.js";

/** @param {any} record @param {Map<string, any>} cards by code @returns {string} what was done */
export function subject(record, cards) {
  const card = record.procedure && cards.get(record.procedure);
  if (card) return inLanguage(card.name);
  return record.procedure ?? t(`activity.${record.activity}`);
}

/** @param {any} record @returns {string} how it went, short */
export function brief(record) {
  const minutes = `${number(record.minutes)} ${t("today.minutes", { n: record.minutes })}`;
  if (isCounted(record.activity)) return `${t(`quantity.short.${record.activity}`, { n: record.quantity })} · ${minutes}`;
  return `${t(`outcome.${record.outcome}`)} · ${minutes}`;
}

/** @param {any} record @param {any[]} languages */
export function facts(record, languages) {
  const language = languages.find((one) => (one.code ?? one.iso639_3) === record.language);
  const counted = isCounted(record.activity);
  const rows = [
    counted && [t(`quantity.${record.activity}`), number(record.quantity)],
    !counted && [t("record.outcome"), t(`outcome.${record.outcome}`)],
    record.handover_reason && [t("record.handover_reason"), t(`handover_reason.${record.handover_reason}`)],
    !counted && [t("record.obstacle"), t(`obstacle.${record.obstacle}`)],
    [t("record.mode"), t(`mode.${record.mode}`)],
    [t("record.minutes"), number(record.minutes)],
    !counted && [t("record.language"), language ? inLanguage(language.name ?? language) : record.language],
    record.age_band !== "unknown" && [t("record.age_band"), t(`age_band.${record.age_band}`)],
    !counted && [t("record.typed_by"), t(`typed_by.${record.typed_by}`)],
    record.steps_done.length > 0 && [t("card.steps"), t("work.steps", { n: record.steps_done.length })],
    record.refused.length > 0 && [t("record.refused"), record.refused.map((/** @type {string} */ word) => t(`refused.${word}`)).join("; ")],
    record.note && [t("record.note"), record.note],
    record.reason && [t("record.reason"), record.reason],
  ];
  return h("dl", { class: "facts" }, rows.filter(Boolean).map((row) => h("div", {}, h("dt", {}, /** @type {any} */ (row)[0]), h("dd", {}, /** @type {any} */ (row)[1]))));
}
