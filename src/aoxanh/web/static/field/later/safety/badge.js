// @ts-check
/** My badge: a QR that proves for two minutes who I am, made on this phone with or without a network. */

import "./words.js";
import * as account from "../../account.js";
import { fill, h } from "../../dom.js";
import * as health from "../../health.js";
import { notice } from "../../parts.js";
import { day, t } from "../../words.js";
import { vietnamDay } from "../../ids.js";
import * as key from "./key.js";
import { picture } from "./qr.js";

/** @returns {Promise<import("../../shell.js").Screen>} */
export async function show() {
  const person = await account.me();
  const team = await account.currentTeam(person);
  const held = await key.known();
  const wrong = await health.clockMinutesOff();
  const place = h("div", { class: "badge-code", id: "badge-code" });
  const left = h("p", { class: "muted", id: "badge-left" });
  const clock = h("p", { class: "muted small", id: "badge-clock" });
  if (held) void keepShowing(held, place, left, clock);
  return {
    title: t("badge.title"),
    back: "#/",
    tabs: false,
    redrawOn: ["reference"],
    body: [
      h("h1", { tabindex: "-1" }, t("badge.title")),
      !team && notice("warn", t("badge.no_team")),
      held && wrong !== 0 && notice("warn", t("badge.wrong_clock", { n: Math.abs(wrong) })),
      held ? h("section", { class: "card center" }, place, h("h2", {}, person.name), team && h("p", {}, team.name, h("br"), team.commune.address), left, h("p", {}, t("badge.hint")), clock) : notice("info", t("badge.none")),
      notice("warn", t("badge.never")),
    ],
  };
}

/** Draws a fresh code whenever the shown one has served its half-minute, until the screen is left. @param {import("./key.js").BadgeKey} held @param {Element} place @param {Element} left @param {Element} clock */
async function keepShowing(held, place, left, clock) {
  let until = 0;
  const tick = async () => {
    const now = await key.serverTime();
    // A clock that was set back must not keep an old code on the screen.
    if (now >= until || until - now > 30_000) {
      const made = await key.badge(held);
      until = made.now + made.leftMs;
      fill(place, picture(made.address, t("badge.qr")));
    }
    left.textContent = t("badge.left", { n: Math.ceil((until - now) / 1000) });
    clock.textContent = t("badge.clock", { when: `${new Date(now + 7 * 3_600_000).toISOString().slice(11, 16)} ${day(vietnamDay(now))}` });
  };
  await tick();
  const timer = setInterval(() => (place.isConnected ? void tick() : clearInterval(timer)), 1000);
}
