// @ts-check
/** After saving: it is safe on this phone; the return code, large enough to be read out. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import * as outbox from "../outbox.js";
import { card, linkButton, notice, stateBadge } from "../parts.js";
import { isCounted } from "../record.js";
import { t } from "../words.js";

/** @param {string} id @returns {Promise<import("../shell.js").Screen>} */
export async function show(id) {
  const item = (await outbox.work()).find(({ record }) => record.id === id);
  const heading = h("h1", { tabindex: "-1" }, t("saved.on_phone"));
  const frame = { title: t("saved.title"), back: "#/", tabs: false, redrawOn: ["work"] };
  if (!item) return { ...frame, body: [heading, notice("info", t("work.missing"))] };
  const { record, state } = item;
  const note = h("p", { role: "status", id: "saved-state" }, stateBadge(state), " ", t(state === "sent" ? "saved.sent" : "saved.waiting"));
  return {
    ...frame,
    body: [h("div", { class: "done" }, h("div", { class: "emblem good" }, icon("check")), heading, note), record.return_code && codeCard(record)],
    action: [
      linkButton(t("saved.see"), `#/session/${id}`, { id: "see" }),
      linkButton(isCounted(record.activity) ? t("tab.today") : t("saved.next"), isCounted(record.activity) ? "#/" : "#/find", { class: "button primary", id: "next" }),
    ],
  };
}

/** @param {any} record */
function codeCard(record) {
  const letters = `${record.return_code.slice(0, 3)} ${record.return_code.slice(3)}`;
  const handedOver = record.outcome === "handed_over";
  return card(t("saved.code"), h("p", { class: "code", id: "code" }, letters), h("p", {}, t(handedOver ? "saved.handover" : "saved.code_hint")), linkButton(t("saved.answer"), `#/answer/${record.id}`, { id: "answer" }));
}
