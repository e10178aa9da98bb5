// @ts-check
/** The guided card of one procedure: papers, place, time, fee, and who does each step. */

import * as drafts from "../drafts.js";
import { h } from "../dom.js";
import { vietnamDay } from "../ids.js";
import { icon } from "../icons.js";
import { badge, button, card as section, linkButton, notice } from "../parts.js";
import * as reference from "../reference.js";
import { day, inLanguage, t } from "../words.js";

const FEE_TONE = { free: "good", fixed: "info", council: "warn", varies: "info", unverified: "warn" };
const LEVEL_TONE = { full: "good", partial: "info", none: "plain" };
const DAY_MS = 86_400_000;

/** @param {string} code @returns {Promise<import("../shell.js").Screen>} */
export async function show(code) {
  const card = await reference.card(code);
  const frame = { title: t("card.title"), back: "#/find", tabs: false };
  if (!card) return { ...frame, body: [h("h1", { tabindex: "-1" }, t("card.title")), notice("warn", t("card.missing"))] };
  const draft = await drafts.begun(code, card.version);
  await drafts.keep(code, draft);
  return {
    ...frame,
    body: [head(card), ...(await warnings(card, draft)), ...sections(card, draft), ...more(card)],
    action: [linkButton(t("card.record"), `#/record/procedure/${encodeURIComponent(code)}`, { class: "button primary", sign: "check", id: "record" })],
  };
}

/** @param {any} card */
function head(card) {
  const level = /** @type {"full" | "partial" | "none"} */ (card.online_level);
  return h(
    "div",
    { class: "head" },
    h("h1", { tabindex: "-1" }, inLanguage(card.name)),
    h("p", { class: "below" }, badge(LEVEL_TONE[level], t(`level.${level}`)), card.link ? h("span", { class: "muted" }, t("card.code", { code: card.code })) : null),
    h("p", { class: "boundary" }, icon("hand"), h("span", {}, t("card.boundary"))),
  );
}

/** The parts one asks for most, and a button to each: the card is long. @param {any} card @param {import("../drafts.js").Draft} draft */
function sections(card, draft) {
  const [first, second, third] = [papers(card), basics(card), steps(card, draft)];
  const jump = (/** @type {string} */ key, /** @type {Element} */ to) => button(t(key), () => to.scrollIntoView({ block: "start" }));
  return [h("div", { class: "jumps" }, jump("card.jump.papers", first), jump("card.jump.basics", second), jump("card.jump.steps", third)), first, second, third, never(card)];
}

/** @param {any} card @param {import("../drafts.js").Draft} draft */
async function warnings(card, draft) {
  const age = Date.now() - (await reference.refreshedAt());
  const isOver = card.valid_to && card.valid_to <= vietnamDay();
  return [
    card.asks_province && notice("warn", t("card.asks_province")),
    card.superseded_by && notice("bad", t("card.superseded"), linkButton(card.superseded_by, `#/card/${encodeURIComponent(card.superseded_by)}`)),
    card.has_newer_national && notice("warn", t("card.newer_national")),
    isOver && notice("bad", t("card.outdated", { day: day(card.valid_to) })),
    age > reference.STALE_MS && notice("warn", t("card.stale", { n: Math.floor(age / DAY_MS) })),
    draft.version !== card.version && draft.steps.length > 0 && notice("warn", t("card.renewed", { n: card.version })),
    card.confidence === "medium" && notice("info", t("card.medium")),
  ];
}

/** @param {any} card */
function papers(card) {
  return section(t("card.papers"), h("ul", { class: "bullets" }, card.papers.map((/** @type {any} */ paper) => h("li", {}, inLanguage(paper)))));
}

/** @param {any} card */
function basics(card) {
  const fee = /** @type {keyof typeof FEE_TONE} */ (card.fee.certainty);
  return section(
    t("card.basics"),
    h(
      "dl",
      { class: "facts" },
      fact("card.where", inLanguage(card.authority)),
      fact("card.time", inLanguage(card.time)),
      fact("card.fee", badge(FEE_TONE[fee], t(`fee.${fee}`)), " ", inLanguage(card.fee)),
      fact("card.result", inLanguage(card.result)),
    ),
    card.link &&
      h("a", { class: "outside", href: card.link, target: "_blank", rel: "noopener noreferrer" }, t("card.portal"), icon("link")),
  );
}

/** @param {any} card @param {import("../drafts.js").Draft} draft */
function steps(card, draft) {
  const tick = (/** @type {any} */ event) => {
    const step = Number(event.target.value);
    draft.steps = event.target.checked ? [...draft.steps, step] : draft.steps.filter((other) => other !== step);
    draft.version = card.version;
    void drafts.keep(card.code, draft);
  };
  const row = (/** @type {any} */ step, /** @type {number} */ index) => {
    const number = index + 1;
    const box = h("input", { type: "checkbox", name: "step", value: number, checked: draft.steps.includes(number), onchange: tick });
    return h("li", { class: `step ${step.who}` }, h("label", {}, box, h("span", {}, badge(step.who, t(`who.${step.who}`)), h("span", { class: "words" }, inLanguage(step)))));
  };
  return section(t("card.steps"), h("p", { class: "hint" }, t("card.steps_hint")), h("ol", { class: "steps" }, card.steps.map(row)));
}

/** @param {any} card */
function never(card) {
  return h("section", { class: "card never" }, h("h2", {}, icon("hand"), t("card.never")), h("ul", { class: "bullets" }, card.never.map((/** @type {any} */ line) => h("li", {}, inLanguage(line)))));
}

/** @param {any} card */
function more(card) {
  const bodies = ["support", "receive", "decide"].map((body) => fact(`card.${body}`, inLanguage(card.bodies[body])));
  return [
    section(t("card.bodies"), h("dl", { class: "facts" }, bodies)),
    card.changed && section(t("card.changed"), h("p", {}, inLanguage(card.changed))),
    card.notes?.length > 0 && section(t("card.notes"), h("ul", { class: "bullets" }, card.notes.map((/** @type {any} */ note) => h("li", {}, inLanguage(note))))),
    h(
      "details",
      { class: "card" },
      h("summary", {}, t("card.legal")),
      h("p", {}, card.legal.join("; ")),
      h("p", { class: "muted" }, t("card.source", { source: card.source })),
      h("p", { class: "muted" }, t("card.version", { n: card.version, day: day(card.valid_from) })),
    ),
  ];
}

/** @param {string} key @param {...any} value */
function fact(key, ...value) {
  return h("div", {}, h("dt", {}, t(key)), h("dd", {}, ...value));
}
