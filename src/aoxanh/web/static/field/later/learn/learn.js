// @ts-check
/** Learning: the courses (#/learn), a course, a module to read, and the quiz; everything works without a network once it is here. */

import { h } from "../../dom.js";
import { icon } from "../../icons.js";
import { badge, card, linkButton, notice } from "../../parts.js";
import { inLanguage, t, when } from "../../words.js";
import * as kept from "./kept.js";
import * as lesson from "./lesson.js";
import * as quiz from "./quiz.js";
import "./words.js";

/** @param {string} [code] @param {string} [what] @param {string} [module] @returns {Promise<import("../../shell.js").Screen>} */
export async function show(code, what, module) {
  const course = code && (await kept.course(code));
  if (!course) return list();
  const asked = what === "read" && course.modules.find((/** @type {any} */ one) => one.id === module);
  if (asked) return lesson.show(course, asked);
  return what === "quiz" ? quiz.show(course) : outline(course);
}

/** @returns {Promise<import("../../shell.js").Screen>} */
async function list() {
  const courses = await kept.courses();
  const rows = await Promise.all(courses.map(row));
  return {
    ...frame(t("learn.title")),
    tab: "today",
    back: "#/",
    body: [heading(t("learn.title")), courses.length > 0 ? h("p", {}, t("learn.order")) : notice("info", t("learn.none")), courses.length > 0 && h("ul", { class: "rows" }, rows)],
  };
}

/** @param {any} course */
async function row(course) {
  const read = await modulesRead(course);
  const below = h("span", { class: "below" }, await resultBadge(course.code), h("span", { class: "muted" }, t("learn.read_of", { n: read.size, all: course.modules.length })));
  return h("li", {}, h("a", { href: `#/learn/${course.code}`, id: `course-${course.code}` }, h("span", { class: "grow" }, inLanguage(course.title), below), icon("next")));
}

/** @param {any} course @returns {Promise<import("../../shell.js").Screen>} */
async function outline(course) {
  const reads = await kept.reads();
  const next = course.modules.find((/** @type {any} */ one) => !reads.get(`${course.code}/${one.id}`)?.read_at);
  const started = course.modules.some((/** @type {any} */ one) => reads.has(`${course.code}/${one.id}`));
  return {
    ...frame(inLanguage(course.title)),
    back: "#/learn",
    body: [heading(inLanguage(course.title)), h("p", {}, inLanguage(course.about)), h("ol", { class: "rows" }, course.modules.map((/** @type {any} */ one) => moduleRow(course, one, reads))), await quizCard(course)],
    action: next ? [linkButton(t(started ? "learn.go_on" : "learn.begin"), `#/learn/${course.code}/read/${next.id}`, { class: "button primary", sign: "book", id: "next" })] : [],
  };
}

/** @param {any} course @param {any} module @param {Map<string, import("./kept.js").Read>} reads */
function moduleRow(course, module, reads) {
  const read = reads.get(`${course.code}/${module.id}`);
  const renewed = read?.read_at && read.version !== module.version;
  const state = read?.read_at ? badge(renewed ? "warn" : "good", t(renewed ? "learn.renewed" : "learn.read")) : read && badge("info", t("learn.begun"));
  const below = h("span", { class: "below" }, state, h("span", { class: "muted" }, t("learn.minutes", { n: module.minutes })));
  return h("li", {}, h("a", { href: `#/learn/${course.code}/read/${module.id}` }, h("span", { class: "grow" }, inLanguage(module.title), below), icon("next")));
}

/** @param {any} course */
async function quizCard(course) {
  const { questions, pass_percent: percent, attempts, days, minutes } = course.examination;
  return card(
    t("quiz.title"),
    h("p", {}, t("quiz.about", { n: questions, percent }), " ", minutes > 0 && t("quiz.minutes", { n: minutes }), " ", t("quiz.limit", { n: attempts, days })),
    ...(await results(course)),
    (await kept.underWay(course.code)) ? linkButton(t("quiz.go_on"), `#/learn/${course.code}/quiz`, { id: "quiz" }) : await starter(course),
  );
}

/** @param {any} course */
async function starter(course) {
  const slots = await kept.openSlots(course.code);
  if (course.examination.read_first && (await modulesRead(course)).size < course.modules.length) return notice("info", t("quiz.read_first"));
  if (slots.length > 0) return [h("p", { class: "muted" }, t("quiz.left", { n: slots.length })), linkButton(t("quiz.begin"), `#/learn/${course.code}/quiz`, { id: "quiz", sign: "check" })];
  const standing = (await kept.state()).courses.find((one) => one.code === course.code);
  return notice("info", standing?.again_at ? t("quiz.again_at", { when: when(standing.again_at) }) : t("quiz.no_slots"));
}

/** What became of the latest quiz. @param {any} course */
async function results(course) {
  const latest = await kept.latestTry(course.code);
  const marked = (await kept.state()).attempts.find((one) => one.course === course.code && one.received_at);
  if (latest?.row.code) return [notice("bad", t(`quiz.refused.${latest.row.code}`))];
  if (latest?.value.handed_in_at && (latest.row.unsent || !marked || marked.number < latest.value.number)) return [h("div", { id: "quiz-waiting" }, notice("warn", t("quiz.waiting")))];
  return marked ? [h("div", { id: "quiz-result" }, result(course, marked))] : [];
}

/** @param {any} course @param {import("./kept.js").Marked} marked */
function result(course, marked) {
  const score = t("quiz.score", { score: (marked.score ?? 0) / 100 });
  const titles = new Map(course.modules.map((/** @type {any} */ one) => [one.id, inLanguage(one.title)]));
  const again = marked.again.filter((id) => titles.has(id)).map((id) => h("li", {}, h("a", { href: `#/learn/${course.code}/read/${id}` }, titles.get(id))));
  const verdict = marked.passed ? t(course.group ? "quiz.passed_certificate" : "quiz.passed") : t(marked.late ? "quiz.late" : "quiz.failed");
  return notice(marked.passed ? "good" : "warn", `${score} ${verdict}`, again.length > 0 && h("p", {}, t("quiz.again")), again.length > 0 && h("ul", { class: "bullets" }, again));
}

/** @param {string} code */
async function resultBadge(code) {
  const latest = await kept.latestTry(code);
  const marked = (await kept.state()).attempts.filter((one) => one.course === code && one.received_at);
  if (marked.some((one) => one.passed)) return badge("good", t("quiz.badge.passed"));
  if (latest?.row.unsent && latest.value.handed_in_at) return badge("warn", t("quiz.badge.waiting"));
  return marked.length > 0 && badge("info", t("quiz.badge.failed"));
}

/** @param {any} course @returns {Promise<Set<string>>} */
async function modulesRead(course) {
  const reads = await kept.reads();
  return new Set(course.modules.map((/** @type {any} */ one) => one.id).filter((/** @type {string} */ id) => reads.get(`${course.code}/${id}`)?.read_at));
}

/** @param {string} title */
function frame(title) {
  return { title, redrawOn: ["learn", "state"] };
}

/** @param {string} text */
function heading(text) {
  return h("h1", { tabindex: "-1" }, text);
}
