// @ts-check
/** The code that a citizen scans to say, on their own phone and unseen, whether they were helped; made without a network. */

import "./words.js";
import { h } from "../../dom.js";
import * as outbox from "../../outbox.js";
import { card, linkButton, notice } from "../../parts.js";
import { t } from "../../words.js";
import { picture } from "../safety/qr.js";
import { token } from "./token.js";

const OPEN_DAYS = 30;

/** @param {string} id @returns {Promise<import("../../shell.js").Screen>} */
export async function show(id) {
  const record = (await outbox.work()).find((item) => item.record.id === id)?.record;
  const frame = { title: t("answer.title"), back: `#/session/${id}`, tabs: false };
  const heading = h("h1", { tabindex: "-1" }, t("answer.title"));
  if (!isAsked(record)) return { ...frame, back: "#/work", body: [heading, notice("info", t("answer.none"))] };
  const address = `${location.origin}/c/${token(record)}`;
  return {
    ...frame,
    body: [
      heading,
      h("section", { class: "card center" }, h("div", { class: "badge-code", id: "answer-code" }, picture(address, t("answer.qr"))), h("p", {}, t("answer.scan")), h("p", { class: "muted" }, t("answer.until", { n: OPEN_DAYS }))),
      card(t("answer.no_phone"), h("p", {}, t("answer.no_phone_how")), h("p", { class: "code" }, `${record.return_code.slice(0, 3)} ${record.return_code.slice(3)}`), linkButton(t("answer.here"), `${address}/phone`, { id: "answer-here", sign: "phone", target: "_blank", rel: "noopener" }), h("p", { class: "muted" }, t("answer.here_hint"))),
    ],
  };
}

/** @param {any} record @returns {boolean} whether there is help that a citizen can speak about */
export function isAsked(record) {
  return Boolean(record?.return_code) && !record.withdrawn && Date.now() - Date.parse(record.day) < (OPEN_DAYS + 1) * 86_400_000;
}
