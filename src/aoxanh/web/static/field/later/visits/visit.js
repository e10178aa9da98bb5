// @ts-check
/** A supervisor's visits: which are planned, and the checklist of one; saved on the phone at once, network or not. */

import { fill, h } from "../../dom.js";
import * as guard from "../../guard.js";
import { badge, button, card, chips, complaintPlace, linkButton, notice, textArea } from "../../parts.js";
import * as schedule from "../../schedule.js";
import { day, inLanguage, t } from "../../words.js";
import * as kept from "./kept.js";
import "./words.js";

const MARKS = ["done", "needs_work", "not_seen"];

/** @param {string} [id] of a visit, "saved" right after saving @returns {Promise<import("../../shell.js").Screen>} */
export async function show(id) {
  void guard.load().catch((error) => console.warn(error));
  const known = await kept.known();
  const one = known?.visits.find((visit) => visit.id === id);
  return known && one ? form(known.checklist, one) : list(known?.visits ?? [], id === "saved");
}

/** @param {kept.Visit[]} visits @param {boolean} saved @returns {Promise<import("../../shell.js").Screen>} */
async function list(visits, saved) {
  const noted = new Map((await kept.noted()).map((one) => [one.visit, one]));
  const row = (/** @type {kept.Visit} */ visit) => {
    const told = noted.get(visit.id);
    const state = told?.unsent ? badge("warn", t("visits.unsent")) : told?.code ? badge("bad", t("visits.refused")) : told || visit.state === "done" ? badge("good", t("visits.sent")) : null;
    const refused = told?.code && [h("p", {}, t(`visits.why.${told.code}`)), button(t("visits.drop"), () => kept.drop(told.id))];
    const open = !told && visit.state === "planned" && h("p", {}, linkButton(t("visits.fill"), `#/visits/${visit.id}`, { class: "button" }));
    return h("li", {}, h("strong", {}, visit.commune), ` · ${day(visit.day)}, ${t(`visits.${visit.half}`)} `, state, refused, open);
  };
  const body = visits.length > 0 ? card(t("visits.planned"), h("ul", { class: "shifts", id: "visits-list" }, visits.map(row))) : notice("info", t("visits.none"));
  return {
    title: t("visits.title"),
    back: "#/growth",
    redrawOn: ["work"],
    body: [h("h1", { tabindex: "-1" }, t("visits.title")), saved && h("div", { role: "status", id: "saved" }, notice("good", t("visits.saved"))), body],
  };
}

/** @param {kept.Checklist} checklist @param {kept.Visit} visit @returns {import("../../shell.js").Screen} */
function form(checklist, visit) {
  const state = { marks: /** @type {Record<string, string>} */ ({}), note: "" };
  const point = (/** @type {any} */ one) => {
    const onchange = (/** @type {any} */ event) => {
      state.marks[one.id] = event.target.value;
      wrong("marks", "");
    };
    const options = MARKS.map((mark) => ({ value: mark, label: t(`visits.${mark}`) }));
    return chips({ name: `point-${one.id}`, legend: inLanguage(one), options, chosen: "not_seen", short: true, onchange });
  };
  const oninput = (/** @type {any} */ event) => {
    state.note = event.target.value;
    wrong("note", "");
  };
  return {
    title: t("visits.title"),
    back: "#/visits",
    tabs: false,
    body: [
      h("h1", { tabindex: "-1" }, visit.commune),
      h("p", { class: "muted" }, `${inLanguage(checklist.title)} · ${day(visit.day)}, ${t(`visits.${visit.half}`)}`),
      checklist.points.map(point),
      complaintPlace("marks"),
      textArea({ name: "note", label: t("visits.note"), hint: t("visits.note_hint"), value: "", max: 280, oninput }),
    ],
    action: [button(t("visits.save"), () => save(state, checklist, visit), { class: "primary", id: "save" })],
  };
}

/** @param {string} name @param {string} text */
function wrong(name, text) {
  const place = document.getElementById(`${name}-wrong`);
  if (place) fill(place, text);
}

/** @param {{marks: Record<string, string>, note: string}} state @returns {[string, string] | null} the field that is wrong, and why */
function complaint(state) {
  if (!Object.values(state.marks).some((mark) => mark !== "not_seen")) return ["marks", t("visits.need_mark")];
  if (state.note.trim() === "") return null;
  if (!guard.isReady()) return ["note", t("visits.unjudged")];
  return guard.find(state.note).length > 0 ? ["note", t("visits.personal")] : null;
}

/** @param {{marks: Record<string, string>, note: string}} state @param {kept.Checklist} checklist @param {kept.Visit} visit */
async function save(state, checklist, visit) {
  await guard.load().catch((error) => console.warn(error));
  const found = complaint(state);
  if (found) {
    wrong(...found);
    document.getElementById(`${found[0]}-wrong`)?.scrollIntoView({ block: "center" });
    return;
  }
  const saving = /** @type {HTMLButtonElement} */ (document.getElementById("save"));
  saving.disabled = true;
  const marks = Object.fromEntries(checklist.points.map(({ id }) => [id, state.marks[id] ?? "not_seen"]));
  try {
    await kept.note({ visit: visit.id, version: checklist.version, marks, note: state.note.trim() });
  } catch (error) {
    saving.disabled = false;
    wrong("note", t("app.full"));
    throw error;
  }
  location.replace("#/visits/saved");
  void schedule.now();
}
