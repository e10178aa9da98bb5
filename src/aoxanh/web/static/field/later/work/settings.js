// @ts-check
/** Settings: language, this phone's storage, the cards, signing out. */

import * as account from "../../account.js";
import * as beside from "../../beside.js";
import { fill, h } from "../../dom.js";
import * as health from "../../health.js";
import { languageChoice } from "../../language.js";
import * as outbox from "../../outbox.js";
import { button, card, linkButton, notice } from "../../parts.js";
import * as reference from "../../reference.js";
import * as schedule from "../../schedule.js";
import { setting } from "../../store.js";
import { appVersion, shellVersion } from "../../version.js";
import { t, when } from "../../words.js";

/** @returns {Promise<import("../../shell.js").Screen>} */
export async function show() {
  const person = await account.me();
  return {
    title: t("settings.title"),
    tab: "settings",
    redrawOn: ["reference"],
    body: [
      h("h1", { tabindex: "-1" }, t("settings.title")),
      languageChoice(),
      await cardsCard(),
      await phoneCard(),
      card(person.name, h("p", {}, t("settings.log_out_text")), logOut()),
      h("p", { class: "muted small" }, t("settings.version", { version: appVersion(), shell: shellVersion() })),
    ],
  };
}

async function cardsCard() {
  const said = h("p", { role: "status" });
  const at = await reference.refreshedAt();
  const refresh = async () => {
    const outcome = await schedule.now({ freshReference: true });
    said.textContent = t(outcome === "done" ? "settings.refreshed" : "state.failed");
  };
  const cards = await reference.cards();
  return card(
    t("settings.reference"),
    h("p", {}, at ? t("settings.cards", { n: cards.length, when: when(at) }) : t("find.empty")),
    button(t("settings.refresh"), refresh, { id: "refresh" }),
    said,
  );
}

async function phoneCard() {
  if (await health.isProtected()) return card(t("settings.phone"), h("p", {}, t("settings.protected")));
  const protect = async (/** @type {any} */ event) => {
    if (await health.protect()) event.target.replaceWith(h("p", { role: "status" }, t("settings.protected")));
  };
  return card(t("settings.phone"), h("p", {}, t("settings.unprotected")), button(t("settings.protect"), protect));
}

function logOut() {
  const place = h("div", { id: "leaving" });
  const leave = async () => {
    if (!(await account.logOut())) await refuse();
  };
  const refuse = async () => {
    const ways = h("div", { class: "row" }, button(t("state.send_now"), () => schedule.now(), { id: "send" }), linkButton(t("settings.see_work"), "#/work"));
    fill(place, notice("warn", t("settings.log_out_refused", { n: await unsent() }), ways));
    place.scrollIntoView({ block: "center" });
  };
  const ask = async () => {
    if ((await unsent()) > 0) return refuse();
    const ways = h("div", { class: "row" }, button(t("work.keep"), () => fill(place, opener)), button(t("settings.log_out_do"), leave, { class: "danger", id: "log-out-sure" }));
    return fill(place, notice("warn", t("settings.log_out_sure"), ways));
  };
  const opener = button(t("settings.log_out"), ask, { class: "danger", id: "log-out" });
  place.append(opener);
  return place;
}

/** @returns {Promise<number>} everything on this phone that the server has not taken */
async function unsent() {
  const { waiting, rejected } = await outbox.counts();
  return waiting + rejected + (await beside.unsent());
}
