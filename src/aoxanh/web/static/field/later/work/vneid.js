// @ts-check
/** VNeID: what is wrong, what the citizen does, what only the police do. */

import { h } from "../../dom.js";
import { icon } from "../../icons.js";
import { badge, card, linkButton, notice } from "../../parts.js";
import * as reference from "../../reference.js";
import { inLanguage, t } from "../../words.js";

/** @param {string} [id] of one problem @returns {Promise<import("../../shell.js").Screen>} */
export async function show(id) {
  const guide = (await reference.list("guides")).vneid;
  const problem = guide?.problems?.find((/** @type {any} */ one) => one.id === id);
  const action = [linkButton(t("card.record"), "#/record/vneid", { class: "button primary", sign: "check", id: "record" })];
  const boundary = h("p", { class: "boundary" }, icon("hand"), h("span", {}, t("card.boundary")));
  if (problem) return { title: t("vneid.title"), back: "#/vneid", tabs: false, body: [h("h1", { tabindex: "-1" }, inLanguage(problem.name)), boundary, ...fix(problem)], action };
  const heading = h("h1", { tabindex: "-1" }, t("vneid.title"));
  const body = guide ? overview(guide) : [notice("info", t("vneid.empty"))];
  return { title: t("vneid.title"), back: "#/", tabs: false, redrawOn: ["reference"], body: [heading, boundary, ...body], action };
}

/** @param {any} guide */
function overview(guide) {
  const row = (/** @type {any} */ problem) => h("li", {}, h("a", { href: `#/vneid/${problem.id}` }, h("span", { class: "grow" }, inLanguage(problem.name)), icon("next")));
  return [
    h("h2", {}, t("vneid.problems")),
    h("ul", { class: "rows" }, guide.problems.map(row)),
    guide.levels && fold(t("vneid.levels"), guide.levels.map(level)),
    guide.never && h("section", { class: "card never" }, h("h2", {}, icon("hand"), t("vneid.never")), lines(guide.never)),
    guide.scams && card(t("vneid.scams"), lines(guide.scams)),
  ];
}

/** @param {any} one */
function level(one) {
  return h("div", {}, h("h3", {}, t("vneid.level", { n: String(one.level) })), lines([one.gives, one.where, one.needs, one.time]));
}

/** @param {any} problem */
function fix(problem) {
  const step = (/** @type {any} */ one) => h("li", { class: `step ${one.who}` }, badge(one.who, t(`who.${one.who}`)), h("span", { class: "words" }, inLanguage(one)));
  return [
    card(t("vneid.symptoms"), lines(problem.symptoms)),
    card(t("vneid.fix"), h("ol", { class: "steps" }, problem.fix.map(step))),
    problem.escalate && notice("warn", t("vneid.escalate"), h("p", {}, inLanguage(problem.escalate))),
    problem.confidence === "medium" && notice("info", t("card.medium")),
  ];
}

/** @param {string} title @param {any[]} children */
function fold(title, children) {
  return h("details", { class: "card" }, h("summary", {}, title), children);
}

/** @param {any[]} texts */
function lines(texts) {
  return h("ul", { class: "bullets" }, texts.filter(Boolean).map((text) => h("li", {}, inLanguage(text))));
}
