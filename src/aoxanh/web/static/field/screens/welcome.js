// @ts-check
/** The first screen of a phone that belongs to nobody yet. */

import { enrol, farewell, goToSignIn, SignInNeeded } from "../account.js";
import { h } from "../dom.js";
import { seemsOnline } from "../health.js";
import { icon } from "../icons.js";
import { languageChoice } from "../language.js";
import { button, notice } from "../parts.js";
import * as schedule from "../schedule.js";
import { t } from "../words.js";

/** @returns {Promise<import("../shell.js").Screen>} */
export async function show() {
  const said = h("p", { role: "alert", class: "wrong", id: "welcome-wrong" });
  return {
    title: t("app.name"),
    tabs: false,
    redrawOn: ["enrolled"],
    body: [
      h("div", { class: "welcome" }, h("div", { class: "emblem" }, icon("shirt")), h("h1", { tabindex: "-1" }, t("welcome.title")), h("p", {}, t("welcome.text"))),
      farewell() && notice(farewell() === "wiped" ? "warn" : "good", t(`welcome.${farewell()}`)),
      h("p", { class: "boundary" }, icon("hand"), h("span", {}, t("card.boundary"))),
      h("p", { class: "muted" }, t("welcome.first")),
      said,
      languageChoice(),
    ],
    action: [button(t("welcome.sign_in"), () => signIn(said), { class: "primary", id: "sign-in" })],
  };
}

/** Uses the browser's session when there is one, and the sign-in page when not. @param {HTMLElement} said */
async function signIn(said) {
  try {
    await enrol();
    void schedule.now();
  } catch (error) {
    if (error instanceof SignInNeeded) goToSignIn();
    else said.textContent = t(seemsOnline() ? "welcome.failed" : "welcome.offline");
  }
}
