// @ts-check
/** My work: what must be corrected, what waits, what was sent in the last 14 days. */

import { h } from "../dom.js";
import { icon } from "../icons.js";
import * as outbox from "../outbox.js";
import { badge, button, card, notice, stateBadge } from "../parts.js";
import { effective } from "../record.js";
import * as reference from "../reference.js";
import * as schedule from "../schedule.js";
import { brief, subject } from "../summary.js";
import { t, when } from "../words.js";

/** @returns {Promise<import("../shell.js").Screen>} */
export async function show() {
  const items = effective(await outbox.work());
  const cards = new Map((await reference.cards()).map((one) => [one.code, one]));
  const inState = (/** @type {string[]} */ ...states) => items.filter((item) => states.includes(item.state));
  const [toFix, waiting, sent] = [inState("rejected"), inState("waiting", "deferred"), inState("sent")];
  const sending = schedule.currentPhase() === "sending";
  return {
    title: t("work.title"),
    tab: "work",
    redrawOn: ["work", "state", "reference"],
    body: [
      h("h1", { tabindex: "-1" }, t("work.title")),
      toFix.length > 0 && card(t("work.to_fix"), rows(toFix, cards)),
      card(t("work.waiting"), waiting.length > 0 ? rows(waiting, cards) : h("p", { class: "muted" }, t("work.none_waiting"))),
      sent.length > 0 && card(t("work.sent"), rows(sent, cards)),
      items.length === 0 && notice("info", t("work.none")),
    ],
    action: waiting.length > 0 ? [button(sending ? t("state.sending") : t("state.send_now"), () => schedule.now(), { class: "primary", sign: "send", id: "send" })] : [],
  };
}

/** @param {any[]} items @param {Map<string, any>} cards */
function rows(items, cards) {
  return h("ul", { class: "rows" }, items.map((item) => row(item, cards)));
}

/** @param {any} item @param {Map<string, any>} cards */
function row({ record, state, savedAt }, cards) {
  const below = h("span", { class: "below" }, stateBadge(state), record.withdrawn && badge("plain", t("work.withdrawn")), h("span", { class: "muted" }, `${brief(record)} · ${when(savedAt)}`));
  return h("li", {}, h("a", { href: `#/session/${record.id}` }, h("span", { class: "grow" }, subject(record, cards), below), icon("next")));
}
