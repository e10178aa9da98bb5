// @ts-check
/** One line about a record, in the person's words. */

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
