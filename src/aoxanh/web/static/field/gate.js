// @ts-check
/** What the certificates that this phone knows of allow today; what it does not know is closed. */

import { vietnamDay } from "./ids.js";
import { notice } from "./parts.js";
import { day, inLanguage, t } from "./words.js";

const WARN_MS = 30 * 86_400_000;

/**
 * @param {import("./account.js").Me} person @param {import("./account.js").Team} team @param {string} activity
 * @returns {Element | null} why this kind of work cannot be recorded today
 */
export function closed(person, team, activity) {
  const { certificates, groups } = person;
  if (!certificates || !groups || !team.asks) return notice("warn", t("gate.unknown"));
  const today = vietnamDay();
  const asked = team.asks.find((one) => one.activity === activity && (one.from ?? "") <= today);
  if (!asked || certificates.some((one) => one.group === asked.group && one.from <= today && today < (one.to ?? "9"))) return null;
  return notice("warn", t("gate.closed", { group: inLanguage(groups[asked.group]) }));
}

/** @param {import("./account.js").Me} person @returns {Element[]} a warning for each certificate that ends soon and was not renewed */
export function ending({ certificates = [], groups = {} }) {
  const [today, limit] = [vietnamDay(), vietnamDay(Date.now() + WARN_MS)];
  return certificates
    .filter(({ group, to }) => to && today < to && to <= limit && !certificates.some((one) => one.group === group && (one.to ?? "9") > limit))
    .map(({ group, to }) => notice("warn", t("gate.ends", { group: inLanguage(groups[group]), day: day(/** @type {string} */ (to)) })));
}
