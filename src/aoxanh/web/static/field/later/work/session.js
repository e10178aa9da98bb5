// @ts-check
/** One record: what it says, whether it was taken, and correcting, withdrawing or dropping it. */

import { complain } from "../../form.js";
import { fill, h } from "../../dom.js";
import * as guard from "../../guard.js";
import * as outbox from "../../outbox.js";
import { badge, button, card, linkButton, notice, stateBadge, textArea } from "../../parts.js";
import { isCounted, textComplaint, withdrawal } from "../../record.js";
import * as reference from "../../reference.js";
import { saveRecord } from "../../saving.js";
import { isAsked } from "../answer/ask.js";
import { subject } from "../../summary.js";
import { has, inLanguage, number, t, when } from "../../words.js";

/** @param {string} id @returns {Promise<import("../../shell.js").Screen>} */
export async function show(id) {
  const all = await outbox.work();
  const item = all.find(({ record }) => record.id === id);
  const frame = { title: t("work.one"), back: "#/work", tabs: false };
  if (!item) return { ...frame, body: [h("h1", { tabindex: "-1" }, t("work.one")), notice("info", t("work.missing"))] };
  const cards = new Map((await reference.cards()).map((one) => [one.code, one]));
  const isLatest = !all.some(({ record }) => record.root === item.record.root && record.revision > item.record.revision);
  const ask = h("div", { id: "ask" });
  return {
    ...frame,
    body: [
      h("h1", { tabindex: "-1" }, subject(item.record, cards)),
      h("p", { class: "below" }, stateBadge(item.state), ...marks(item.record), h("span", { class: "muted" }, t("work.when", { when: when(item.savedAt) }))),
      item.error && refusal(item.error),
      card(null, facts(item.record, await reference.list("languages")), item.record.return_code && h("p", { class: "muted" }, t("work.code", { code: item.record.return_code })), isAsked(item.record) && linkButton(t("saved.answer"), `#/answer/${id}`, { id: "answer" })),
      ask,
    ],
    action: isLatest && !item.record.withdrawn ? actions(item, ask) : item.state === "rejected" ? [drop(item.record, ask)] : [],
  };
}

/** @param {any} record */
function marks(record) {
  if (record.withdrawn) return [badge("plain", t("work.withdrawn"))];
  return record.revision > 0 ? [badge("info", t("work.corrected", { n: record.revision }))] : [];
}

/** @param {import("../../outbox.js").Refusal} error */
function refusal(error) {
  // Our own words first: the app knows its buttons. The server's words for what this version does not know.
  const key = `refusal.${error.code}`;
  const message = has(key) ? t(key) : error.message || t("refusal.other");
  const remedy = has(key) ? t(`${key}.remedy`) : error.remedy || t("refusal.other.remedy");
  return notice("bad", `${t("work.why_refused")}: ${message}`, h("p", {}, remedy));
}

/** @param {import("../../outbox.js").Work} item @param {Element} ask */
function actions({ record, state }, ask) {
  const away = state === "rejected" ? drop(record, ask) : button(t("work.withdraw"), () => askWithdrawal(record, ask), { id: "withdraw" });
  return [away, linkButton(t("work.correct"), `#/correct/${record.id}`, { class: "button primary", id: "correct" })];
}

/** @param {any} record @param {Element} ask */
function drop(record, ask) {
  const sure = async () => {
    await outbox.discard(record.id);
    location.replace("#/work");
  };
  const question = () => {
    fill(ask, notice("warn", t("work.discard_sure"), h("div", { class: "row" }, button(t("work.keep"), () => fill(ask)), button(t("work.discard_do"), sure, { class: "danger", id: "discard-sure" }))));
    ask.scrollIntoView({ block: "center" });
  };
  return button(t("work.discard"), question, { id: "discard" });
}

/** @param {any} record @param {Element} ask */
function askWithdrawal(record, ask) {
  void guard.load().catch((error) => console.warn(error));
  let reason = "";
  const oninput = (/** @type {any} */ event) => {
    reason = event.target.value;
    complain({ reason: textComplaint("reason", reason) });
  };
  const sure = async () => {
    await guard.load().catch((error) => console.warn(error));
    const wrong = reason.trim() ? textComplaint("reason", reason) : t("record.need.reason");
    complain(wrong ? { reason: wrong } : {});
    if (!wrong) await saveRecord(withdrawal(record, reason), { after: () => location.replace("#/work") });
  };
  const field = textArea({ name: "reason", label: t("work.withdraw_why"), hint: t("record.reason_hint"), value: "", max: 200, oninput });
  const sureButton = button(t("work.withdraw_do"), sure, { class: "danger", id: "withdraw-sure" });
  fill(ask, card(null, field, h("div", { class: "row" }, button(t("work.keep"), () => fill(ask)), sureButton)));
  document.getElementById("reason")?.focus();
}

/** One table about a record, in the person's words. @param {any} record @param {any[]} languages */
function facts(record, languages) {
  const language = languages.find((one) => (one.code ?? one.iso639_3) === record.language);
  const counted = isCounted(record.activity);
  const rows = [
    counted && [t(`quantity.${record.activity}`), number(record.quantity)],
    !counted && [t("record.outcome"), t(`outcome.${record.outcome}`)],
    record.handover_reason && [t("record.handover_reason"), t(`handover_reason.${record.handover_reason}`)],
    !counted && [t("record.obstacle"), t(`obstacle.${record.obstacle}`)],
    [t("record.mode"), t(`mode.${record.mode}`)],
    [t("record.minutes"), number(record.minutes)],
    !counted && [t("record.language"), language ? inLanguage(language.name ?? language) : record.language],
    record.age_band !== "unknown" && [t("record.age_band"), t(`age_band.${record.age_band}`)],
    !counted && [t("record.typed_by"), t(`typed_by.${record.typed_by}`)],
    record.steps_done.length > 0 && [t("card.steps"), t("work.steps", { n: record.steps_done.length })],
    record.refused.length > 0 && [t("record.refused"), record.refused.map((/** @type {string} */ word) => t(`refused.${word}`)).join("; ")],
    record.note && [t("record.note"), record.note],
    record.reason && [t("record.reason"), record.reason],
  ];
  return h("dl", { class: "facts" }, rows.filter(Boolean).map((row) => h("div", {}, h("dt", {}, /** @type {any} */ (row)[0]), h("dd", {}, /** @type {any} */ (row)[1]))));
}
