// @ts-check
/** My record, small: what I did, what was seen of it, what to learn next; as of the last sync. */

import { h } from "../../dom.js";
import { badge, card, linkButton, notice } from "../../parts.js";
import { sealedSetting } from "../../store.js";
import { day, inLanguage, number, t } from "../../words.js";
import * as practice from "./practice.js";
import "./words.js";

/** @returns {Promise<import("../../shell.js").Screen>} */
export async function show() {
  const known = await practice.known();
  const own = known?.own;
  const observe = (known?.members.length ?? 0) > 0 && linkButton(t("growth.observe"), "#/observe", { class: "button", sign: "check", id: "observe" });
  const visits = (await sealedSetting("visits"))?.visits.length > 0 && linkButton(t("growth.visits"), "#/visits", { class: "button", sign: "check", id: "visits" });
  return {
    title: t("growth.title"),
    back: "#/",
    redrawOn: ["work"],
    body: [h("h1", { tabindex: "-1" }, t("growth.title")), observe, visits, linkButton(t("growth.propose"), "#/propose", { id: "propose" }), ...(own ? record(own) : [notice("info", t("growth.none"))])],
  };
}

/** @param {any} own */
function record(own) {
  const figure = (/** @type {number} */ n, /** @type {string} */ key) => h("div", {}, h("dd", {}, number(n)), h("dt", {}, t(key)));
  return [
    own.lacks_consent && notice("bad", t("notice.consent")),
    card(t("growth.next"), own.steps.length > 0 ? own.steps.map(step) : h("p", {}, t("growth.nothing"))),
    card(t("growth.work"), h("dl", { class: "figures" }, figure(own.helps, "growth.helps"), figure(own.shifts, "growth.shifts"), figure(own.hours, "growth.hours")), h("p", { class: "muted small" }, t("growth.since", { day: day(own.since) }))),
    card(t("growth.seen"), own.seen.length > 0 ? own.seen.map(seen) : h("p", {}, t("growth.unseen"))),
    card(t("growth.attended"), own.attended?.length > 0 ? own.attended.map(attended) : h("p", {}, t("growth.unattended"))),
    card(t("growth.certificates"), own.certificates.length > 0 ? own.certificates.map(certificate) : h("p", {}, t("growth.uncertified"))),
  ];
}

/** @param {any} one */
function step(one) {
  const why = (/** @type {any} */ reason) => (reason.point ? t("growth.point", { text: inLanguage(reason.point) }) : t("growth.met", { ...reason, text: t(`obstacle.${reason.obstacle}`) }));
  return h("p", {}, h("a", { href: `/learn/${one.course}/${one.module}/` }, inLanguage(one.title)), one.reasons.map((/** @type {any} */ reason) => h("span", { class: "below muted" }, why(reason))));
}

/** @param {any} one */
function seen(one) {
  const points = h("ul", { class: "bullets" }, one.needs_work.map((/** @type {any} */ point) => h("li", {}, t("growth.point", { text: inLanguage(point) }))));
  return h("div", {}, h("p", {}, h("strong", {}, inLanguage(one.title)), ` · ${day(one.day)} · ${t("growth.done", one)}`), points, one.note && h("p", {}, one.note));
}

/** @param {any} one */
function attended(one) {
  const where = [one.place, one.address].filter(Boolean).join(", ");
  const below = [`${day(one.day)} · ${where}`, one.teacher && t("growth.teacher", { name: one.teacher })].filter(Boolean);
  return h("p", {}, one.title, " ", !one.counts && badge("warn", t("growth.held")), below.map((line) => h("span", { class: "below muted" }, line)));
}

/** @param {any} one */
function certificate(one) {
  const state = one.holds ? badge("good", one.until ? t("growth.holds", { day: day(one.until) }) : t("growth.holds_on")) : badge("warn", t("growth.ended"));
  return h("p", {}, inLanguage(one.group), " ", state);
}
