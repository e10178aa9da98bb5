// @ts-check
/** Proposing a creative model: a few questions, kept as they are answered, saved on the phone at once, network or not; and what became of each. */

import { fill, h } from "../../dom.js";
import { complain } from "../../form.js";
import * as guard from "../../guard.js";
import { badge, button, card, complaintPlace, linkButton, notice, textArea } from "../../parts.js";
import * as schedule from "../../schedule.js";
import { has, inLanguage, t, when } from "../../words.js";
import * as kept from "./kept.js";
import "./words.js";

const AREAS = { title: [120, 2], problem: [1000, 4], steps: [2000, 6], where: [160, 2], equipment: [400, 3], limits: [1000, 3] };
const NEEDED = ["title", "problem", "steps"];
const MOST_VOLUNTEERS = 1000;
const PAUSE_MS = 300;
const TONES = /** @type {Record<string, string>} */ ({ returned: "bad", retired: "bad", recognised: "good", replicated: "good" });

/** @param {string} [part] "new" for the form, the id of one that was sent back to change it, "saved" right after saving @returns {Promise<import("../../shell.js").Screen>} */
export async function show(part) {
  void guard.load().catch((error) => console.warn(error));
  const known = await kept.known();
  const own = known?.proposals.find((one) => one.id === part && one.words);
  const draft = await kept.draft(own);
  return own || part === "new" ? form(known?.kinds ?? [], draft, own) : list(known, draft, part === "saved");
}

/** @param {Awaited<ReturnType<typeof kept.known>>} known @param {kept.Draft} draft @param {boolean} saved @returns {Promise<import("../../shell.js").Screen>} */
async function list(known, draft, saved) {
  const answered = known?.proposals ?? [];
  const here = (await kept.noted()).filter((one) => one.unsent || one.code || !answered.some((own) => own.id === (one.of ?? one.id)));
  const rows = [...here.map(waiting), ...answered.map((own) => told(own, here.some((one) => one.of === own.id)))];
  const begun = Object.entries(draft).some(([name, value]) => name !== "kind" && value);
  const closed = known && !known.may_propose;
  return {
    title: t("propose.screen"),
    back: "#/growth",
    redrawOn: ["work"],
    body: [
      h("h1", { tabindex: "-1" }, t("propose.screen")),
      saved && h("div", { role: "status", id: "saved" }, notice("good", t("propose.saved"))),
      h("p", {}, t("propose.intro")),
      closed && notice("warn", t("propose.closed")),
      card(t("propose.mine"), answered.length > 0 && h("p", {}, button(t("propose.ask"), () => schedule.now({ freshReference: true }), { id: "ask" })), rows.length > 0 ? h("ul", { class: "shifts", id: "proposals" }, rows) : h("p", { class: "muted" }, t("propose.none"))),
    ],
    action: closed ? [] : [linkButton(t(begun ? "propose.go_on" : "propose.new"), "#/propose/new", { class: "button primary", id: "new" })],
  };
}

/** @param {import("../queue.js").Noted<kept.Told>} one */
function waiting(one) {
  const state = one.unsent ? badge("warn", t("propose.unsent")) : one.code ? badge("bad", t("propose.refused")) : badge("good", t("propose.sent"));
  const fix = async () => {
    await kept.takeBack(one);
    location.hash = `#/propose/${one.of ?? "new"}`;
  };
  const why = has(`propose.why.${one.code}`) ? `propose.why.${one.code}` : "propose.why";
  const about = one.field && has(`propose.${one.field}`) ? `${t(`propose.${one.field}`)} ` : "";
  const refused = one.code && [h("p", {}, about + t(why)), h("p", { class: "row" }, button(t("propose.fix"), fix), button(t("propose.drop"), () => kept.drop(one.id)))];
  return h("li", {}, h("strong", {}, one.title), ` · ${when(one.at)} `, state, refused);
}

/** @param {kept.Own} one @param {boolean} changing whether its new words wait on this phone */
function told(one, changing) {
  const page = one.words ? !changing && linkButton(t("propose.edit"), `#/propose/${one.id}`) : h("p", {}, h("a", { href: `/initiatives/${one.id}/` }, t("propose.read")));
  return h("li", {}, h("strong", {}, one.title), ` · ${when(one.since)} `, badge(TONES[one.state] ?? "plain", inLanguage(one.state_name)), one.reason && h("p", {}, t("propose.said", { text: one.reason })), page);
}

/** @param {(kept.Words & {key: string})[]} kinds @param {kept.Draft} draft changed as the person writes @param {kept.Own} [own] the one sent back that it changes @returns {import("../../shell.js").Screen} */
function form(kinds, draft, own) {
  let [pause, writing] = [0, Promise.resolve()];
  const oninput = (/** @type {any} */ { target }) => {
    draft[/** @type {keyof kept.Draft} */ (target.name)] = target.value;
    const place = document.getElementById(`${target.name}-wrong`);
    if (place) fill(place);
    clearTimeout(pause);
    pause = window.setTimeout(() => (writing = kept.keepDraft(draft, own?.id)), PAUSE_MS);
  };
  const send = async () => {
    clearTimeout(pause);
    // A draft written after the proposal was noted would come up again.
    await writing;
    await save(draft, own?.id);
  };
  const area = (/** @type {keyof typeof AREAS} */ name) => {
    const field = textArea({ name, label: t(`propose.${name}`), hint: t(`propose.${name}_hint`), value: draft[name], max: AREAS[name][0], oninput });
    field.querySelector("textarea").rows = AREAS[name][1];
    return field;
  };
  return {
    title: t("propose.screen"),
    back: "#/propose",
    tabs: false,
    body: [h("h1", { tabindex: "-1" }, t(own ? "propose.edit" : "propose.new")), own?.reason && notice("warn", t("propose.said", { text: own.reason })), h("p", { class: "muted" }, t("propose.keeps")), kindField(kinds, draft, oninput), area("title"), area("problem"), area("steps"), area("where"), countField(draft, oninput), area("equipment"), area("limits")],
    action: [button(t("propose.send"), send, { class: "primary", id: "save" })],
  };
}

/** @param {(kept.Words & {key: string})[]} kinds @param {kept.Draft} draft @param {Function} oninput */
function kindField(kinds, draft, oninput) {
  const known = kinds.length > 0 ? kinds : [{ key: "other", vi: t("propose.other"), en: t("propose.other") }];
  const select = h("select", { id: "kind", name: "kind", oninput }, known.map((one) => h("option", { value: one.key, selected: one.key === draft.kind }, inLanguage(one))));
  return h("div", { class: "field" }, h("label", { for: "kind" }, t("propose.kind")), select);
}

/** @param {kept.Draft} draft @param {Function} oninput */
function countField(draft, oninput) {
  const input = h("input", { id: "volunteers", name: "volunteers", type: "number", inputmode: "numeric", min: 0, max: MOST_VOLUNTEERS, value: draft.volunteers, oninput, "aria-describedby": "volunteers-wrong" });
  return h("div", { class: "field" }, h("label", { for: "volunteers" }, t("propose.volunteers")), input, complaintPlace("volunteers"));
}

/** @param {kept.Draft} draft @returns {Record<string, string>} what is wrong, by field */
function complaints(draft) {
  const wrong = /** @type {Record<string, string>} */ ({});
  for (const name of /** @type {(keyof typeof AREAS)[]} */ (Object.keys(AREAS))) {
    const text = draft[name].trim();
    if (!text) {
      if (NEEDED.includes(name)) wrong[name] = t("propose.need");
    } else if (!guard.isReady()) wrong[name] = t("propose.unjudged");
    else if (guard.find(text).length > 0) wrong[name] = t("propose.personal");
  }
  if (draft.volunteers && !(/^\d+$/.test(draft.volunteers) && Number(draft.volunteers) <= MOST_VOLUNTEERS)) wrong.volunteers = t("propose.count");
  return wrong;
}

/** @param {kept.Draft} draft @param {string} [of] */
async function save(draft, of) {
  await guard.load().catch((error) => console.warn(error));
  const wrong = complaints(draft);
  if (Object.keys(wrong).length > 0) return complain(wrong);
  const saving = /** @type {HTMLButtonElement} */ (document.getElementById("save"));
  saving.disabled = true;
  try {
    await kept.note(draft, of);
  } catch (error) {
    saving.disabled = false;
    complain({ limits: t("app.full") });
    throw error;
  }
  location.replace("#/propose/saved");
  void schedule.now();
}
