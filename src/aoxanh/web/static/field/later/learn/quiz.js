// @ts-check
/** The quiz: one question at a time, forth and back, every answer on the disk at once; the phone does not know what is right. */

import { fill, h } from "../../dom.js";
import { button, card, notice } from "../../parts.js";
import * as schedule from "../../schedule.js";
import { inLanguage, t } from "../../words.js";
import * as kept from "./kept.js";
import { field, isAnswered } from "./question.js";

const MINUTE_MS = 60_000;

/** @param {any} course @returns {Promise<import("../../shell.js").Screen>} */
export async function show(course) {
  const attempt = await kept.underWay(course.code);
  return attempt ? question(course, attempt) : intro(course);
}

/** @param {any} course @returns {Promise<import("../../shell.js").Screen>} */
async function intro(course) {
  const slots = await kept.openSlots(course.code);
  const { questions, pass_percent: percent, minutes } = course.examination;
  const begin = async () => {
    await kept.begin(course.code);
    void schedule.now();
    dispatchEvent(new HashChangeEvent("hashchange"));
  };
  return {
    title: inLanguage(course.title),
    back: `#/learn/${course.code}`,
    tabs: false,
    body: [
      h("h1", { tabindex: "-1" }, t("quiz.title")),
      card(null, h("p", {}, t("quiz.about", { n: questions, percent })), minutes > 0 && h("p", {}, t("quiz.clock", { n: minutes })), h("p", {}, t("quiz.offline"))),
      slots.length > 0 ? h("p", { class: "muted" }, t("quiz.left", { n: slots.length })) : notice("info", t("quiz.no_slots")),
    ],
    action: slots.length > 0 ? [button(t("quiz.begin"), begin, { class: "primary", sign: "check", id: "begin" })] : [],
  };
}

/** @param {any} course @param {import("./kept.js").Try} attempt @returns {import("../../shell.js").Screen} */
function question(course, attempt) {
  const all = attempt.questions.length;
  const asked = attempt.questions[attempt.at];
  const keep = (/** @type {any} */ given) => {
    attempt.answers[asked.item.id] = given;
    void kept.keepAnswers(attempt);
  };
  const go = async (/** @type {number} */ at) => {
    attempt.at = at;
    await kept.keepAnswers(attempt);
    dispatchEvent(new HashChangeEvent("hashchange"));
  };
  const isLast = attempt.at === all - 1;
  const ask = h("div", { id: "ask" });
  return {
    title: inLanguage(course.title),
    back: `#/learn/${course.code}`,
    tabs: false,
    body: [
      h("h1", { tabindex: "-1" }, t("quiz.number", { n: attempt.at + 1, all })),
      h("p", { class: "muted", id: "time" }, timeLeft(attempt)),
      card(null, field(asked, attempt.answers[asked.item.id], keep)),
      h("div", { class: "jumps" }, attempt.at > 0 && button(t("quiz.back"), () => go(attempt.at - 1), { id: "back" }), !isLast && button(t("quiz.to_end"), () => handIn(course, attempt, ask), { id: "to-end" })),
      ask,
    ],
    action: [
      isLast
        ? button(t("quiz.hand_in"), () => handIn(course, attempt, ask), { class: "primary", sign: "send", id: "hand-in" })
        : button(t("quiz.next"), () => go(attempt.at + 1), { class: "primary", sign: "next", id: "next" }),
    ],
  };
}

/** Asks once more, naming what was left out. @param {any} course @param {import("./kept.js").Try} attempt @param {Element} place */
function handIn(course, attempt, place) {
  const open = attempt.questions.filter(({ item }) => !isAnswered(attempt.answers[item.id])).length;
  const sure = async () => {
    await kept.handIn(attempt);
    void schedule.now();
    location.hash = `#/learn/${course.code}`;
  };
  const ways = h("div", { class: "row" }, button(t("quiz.not_yet"), () => fill(place)), button(t("quiz.hand_in"), sure, { class: "primary", id: "sure" }));
  fill(place, notice(open > 0 ? "warn" : "info", open > 0 ? t("quiz.open", { n: open }) : t("quiz.sure"), ways));
  place.scrollIntoView({ block: "center" });
}

/** @param {import("./kept.js").Try} attempt */
function timeLeft({ started_at: started, minutes }) {
  if (!minutes) return "";
  const left = Math.ceil(minutes - (Date.now() - started) / MINUTE_MS);
  return left > 0 ? t("quiz.time_left", { n: left }) : t("quiz.time_over");
}
