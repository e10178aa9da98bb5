// @ts-check
/** The supervisor's checklist: whom, which points, a short note; saved on the phone at once, network or not. */

import { onChange } from "../../changes.js";
import { fill, h } from "../../dom.js";
import * as guard from "../../guard.js";
import { badge, button, card, chips, complaintPlace, notice, textArea } from "../../parts.js";
import * as schedule from "../../schedule.js";
import { day, inLanguage, t } from "../../words.js";
import * as practice from "./practice.js";
import "./words.js";

// The list follows what was sent, without the form being drawn anew under somebody's hands.
onChange(async (what) => {
  const known = what === "work" && document.getElementById("mine") ? await practice.known() : null;
  const place = known && document.getElementById("mine");
  if (place) fill(place, await mine(known));
});

const MARKS = ["done", "needs_work", "not_seen"];

/** @param {string} [said] "saved" right after saving @returns {Promise<import("../../shell.js").Screen>} */
export async function show(said) {
  void guard.load().catch((error) => console.warn(error));
  const known = await practice.known();
  const heading = h("h1", { tabindex: "-1" }, t("observe.title"));
  const frame = { title: t("observe.title"), back: "#/growth", tabs: false };
  if (!known || known.members.length === 0) return { ...frame, body: [heading, notice("info", t("observe.nobody"))] };
  const form = { member: "", list: known.checklists[0], marks: /** @type {Record<string, string>} */ ({}), note: "" };
  const points = h("div");
  const drawPoints = () => fill(points, form.list.points.map((point) => pointField(form, point)));
  drawPoints();
  return {
    ...frame,
    body: [heading, said === "saved" && h("div", { role: "status", id: "saved" }, notice("good", t("observe.saved"))), memberField(form, known.members), listField(form, known.checklists, drawPoints), points, noteField(form), h("div", { id: "mine" }, await mine(known))],
    action: [button(t("observe.save"), () => save(form, known.members), { class: "primary", id: "save" })],
  };
}

/** @param {any} form @param {practice.Member[]} members */
function memberField(form, members) {
  const onchange = (/** @type {any} */ event) => {
    form.member = event.target.value;
    wrong("member", "");
  };
  const option = (/** @type {practice.Member} */ one, /** @type {number} */ index) => h("option", { value: String(index) }, `${one.name} · ${one.team_name}`);
  const select = h("select", { id: "member", onchange, "aria-describedby": "member-wrong" }, h("option", { value: "" }, t("observe.choose")), members.map(option));
  return h("div", { class: "field" }, h("label", { for: "member" }, t("observe.whom")), select, complaintPlace("member"));
}

/** @param {any} form @param {practice.Checklist[]} lists @param {Function} after */
function listField(form, lists, after) {
  const onchange = (/** @type {any} */ event) => {
    form.list = lists.find((one) => one.code === event.target.value);
    form.marks = {};
    after();
  };
  return chips({ name: "list", legend: t("observe.list"), options: lists.map((one) => ({ value: one.code, label: inLanguage(one.title) })), chosen: form.list.code, onchange });
}

/** @param {any} form @param {any} point */
function pointField(form, point) {
  const onchange = (/** @type {any} */ event) => {
    form.marks[point.id] = event.target.value;
    wrong("list", "");
  };
  const options = MARKS.map((mark) => ({ value: mark, label: t(`observe.${mark}`) }));
  return chips({ name: `point-${point.id}`, legend: inLanguage(point), options, chosen: form.marks[point.id] ?? "not_seen", short: true, onchange });
}

/** @param {any} form */
function noteField(form) {
  const oninput = (/** @type {any} */ event) => {
    form.note = event.target.value;
    wrong("note", "");
  };
  return textArea({ name: "note", label: t("observe.note"), hint: t("observe.note_hint"), value: "", max: 280, oninput });
}

/** @param {string} name @param {string} text */
function wrong(name, text) {
  const place = document.getElementById(`${name}-wrong`);
  if (place) place.textContent = text;
}

/** @param {any} form @returns {[string, string] | null} the field that is wrong, and why */
function complaint(form) {
  if (form.member === "") return ["member", t("observe.need_member")];
  if (!Object.values(form.marks).some((mark) => mark !== "not_seen")) return ["list", t("observe.need_mark")];
  if (form.note.trim() === "") return null;
  if (!guard.isReady()) return ["note", t("observe.unjudged")];
  return guard.find(form.note).length > 0 ? ["note", t("observe.personal")] : null;
}

/** @param {any} form @param {practice.Member[]} members */
async function save(form, members) {
  await guard.load().catch((error) => console.warn(error));
  const found = complaint(form);
  if (found) {
    wrong(...found);
    document.getElementById(`${found[0]}-wrong`)?.scrollIntoView({ block: "center" });
    return;
  }
  const saving = /** @type {HTMLButtonElement} */ (document.getElementById("save"));
  saving.disabled = true;
  const { volunteer, team } = members[Number(form.member)];
  const marks = Object.fromEntries(form.list.points.map((/** @type {any} */ point) => [point.id, form.marks[point.id] ?? "not_seen"]));
  try {
    await practice.note({ volunteer, team, checklist: form.list.code, version: form.list.version, marks, note: form.note.trim() });
  } catch (error) {
    saving.disabled = false;
    wrong("note", t("app.full"));
    throw error;
  }
  location.replace(`#/observe/saved/${Date.now()}`);
  void schedule.now();
}

/** @param {{checklists: practice.Checklist[], members: practice.Member[]}} known */
async function mine(known) {
  const list = await practice.noted();
  if (list.length === 0) return null;
  const row = (/** @type {any} */ one) => {
    const name = known.members.find((member) => member.volunteer === one.volunteer)?.name ?? "—";
    const title = known.checklists.find((each) => each.code === one.checklist)?.title ?? one.checklist;
    const state = one.unsent ? badge("warn", t("observe.unsent")) : one.code ? badge("bad", t("observe.refused")) : badge("good", t("observe.sent"));
    const refused = one.code && [h("p", {}, t(`observe.why.${one.code}`)), button(t("observe.drop"), () => practice.drop(one.id))];
    return h("li", {}, h("strong", {}, name), ` · ${inLanguage(title)} · ${day(one.day)} `, state, refused);
  };
  return card(t("observe.mine"), h("ul", { class: "shifts", id: "noted" }, list.map(row)));
}
