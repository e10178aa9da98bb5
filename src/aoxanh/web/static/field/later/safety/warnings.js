// @ts-check
/** Warnings to the teams, and reports that wait for a leader: read with or without a network. */

import "./words.js";
import * as account from "../../account.js";
import { h } from "../../dom.js";
import { badge, button, linkButton, notice } from "../../parts.js";
import * as reference from "../../reference.js";
import * as schedule from "../../schedule.js";
import { inLanguage, t, when } from "../../words.js";
import * as readings from "./readings.js";

/** @returns {Promise<import("../../shell.js").Screen>} */
export async function show() {
  const list = await reference.list("notices");
  const noted = await readings.noted();
  // Only volunteers' readings are counted.
  const counts = Boolean((await account.me()).volunteer);
  return {
    title: t("warnings.title"),
    back: "#/",
    tabs: false,
    redrawOn: ["reference", "work"],
    body: [h("h1", { tabindex: "-1" }, t("warnings.title")), ...(list.length ? list.map((/** @type {any} */ one) => (one.kind === "report" ? report(one) : warning(one, noted.get(one.id), counts))) : [notice("info", t("warnings.none"))])],
  };
}

/** @param {any} one @param {import("./readings.js").Row | undefined} noted @param {boolean} counts */
function warning(one, noted, counts) {
  const read = async () => {
    await readings.read(one.id);
    void schedule.now();
  };
  return h(
    "article",
    { class: "card" },
    h("h2", {}, inLanguage(one.title), " ", one.urgent && badge("bad", t("warnings.urgent"))),
    h("p", { class: "muted small" }, when(one.at)),
    inLanguage(one.text).split("\n").map((line) => h("p", {}, line)),
    noted || one.read ? badge(noted?.unsent ? "warn" : "good", t(noted?.unsent ? "warnings.unsent" : "warnings.was_read")) : counts && button(t("warnings.read"), read, { class: "primary", sign: "check", id: `read-${one.id}` }),
  );
}

/** @param {any} one */
function report(one) {
  return h("article", { class: "card" }, h("h2", {}, inLanguage(one.title)), h("p", {}, inLanguage(one.text)), h("p", { class: "muted" }, t("warnings.until", { when: when(one.until) })), linkButton(t("warnings.open"), one.href));
}
