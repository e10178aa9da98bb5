// @ts-check
/** From the address (#/card/1.001193) to the screen; draws it, and draws it again when what it shows has changed. */

import { isEnrolled } from "./account.js";
import { onChange } from "./changes.js";
import { h } from "./dom.js";
import { notice } from "./parts.js";
import * as shell from "./shell.js";
import { t } from "./words.js";
import * as welcome from "./screens/welcome.js";

/**
 * Screens are fetched when they are first opened; the service worker has them all soon after the first visit.
 * @type {Record<string, () => Promise<{show: (...parts: string[]) => Promise<import("./shell.js").Screen>}>>}
 */
const SCREENS = {
  "": () => import("./screens/today.js"),
  find: () => import("./screens/find.js"),
  card: () => import("./screens/card.js"),
  record: () => import("./screens/record.js"),
  saved: () => import("./screens/saved.js"),
  vneid: later(() => import("./later/work/vneid.js")),
  work: () => import("./screens/work.js"),
  session: later(() => import("./later/work/session.js")),
  correct: later(() => import("./later/work/correct.js")),
  answer: later(() => import("./later/answer/ask.js")),
  settings: later(() => import("./later/work/settings.js")),
  attend: later(() => import("./later/events/attend.js")),
  point: later(() => import("./later/events/point.js")),
  learn: later(() => import("./later/learn/learn.js")),
  badge: later(() => import("./later/safety/badge.js")),
  warnings: later(() => import("./later/safety/warnings.js")),
  growth: later(() => import("./later/growth/growth.js")),
  observe: later(() => import("./later/growth/observe.js")),
  visits: later(() => import("./later/visits/visit.js")),
  propose: later(() => import("./later/initiatives/propose.js")),
  assist: later(() => import("./later/assist/ask.js")),
};

/** @type {import("./shell.js").Screen | null} */
let current = null;
let turn = 0;

/**
 * A screen that a phone has a little after sign-in; before, and without a network, a sentence says so.
 * @param {() => Promise<any>} load
 */
function later(load) {
  return () => load().catch(() => ({ show: notYet }));
}

/** @returns {Promise<import("./shell.js").Screen>} */
async function notYet() {
  return { title: t("app.name"), body: [h("h1", { tabindex: "-1" }, t("app.name")), notice("info", t("app.later"))] };
}

/** Starts drawing. */
export function start() {
  addEventListener("hashchange", () => void draw({ moved: true }));
  onChange((what) => void redraw(what));
  return draw({ moved: false });
}

/** Goes to a screen without leaving the present one in the history: a saved form must not come back with "back". @param {string} hash */
export function replace(hash) {
  location.replace(hash);
}

/** @param {{moved: boolean}} how */
async function draw({ moved }) {
  turn += 1;
  const mine = turn;
  const screen = await made();
  // The person may have gone on while this one was being made.
  if (mine !== turn) return;
  current = screen;
  shell.show(screen);
  if (moved) {
    scrollTo(0, 0);
    document.querySelector("#main")?.querySelector("h1")?.focus({ preventScroll: true });
  }
  await shell.drawState();
}

/** @returns {Promise<import("./shell.js").Screen>} */
async function made() {
  const [name, ...rest] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  try {
    const module = isEnrolled() ? await (SCREENS[name] ?? SCREENS[""])() : welcome;
    return await module.show(...rest);
  } catch (error) {
    console.error(error);
    const words = [t("app.error", { detail: String(error) }), t("app.error_remedy")];
    return { title: t("app.name"), body: [h("h1", { tabindex: "-1" }, t("app.name")), notice("bad", words[0], h("p", {}, words[1]))] };
  }
}

/** @param {string} what */
async function redraw(what) {
  if (what === "erased") {
    if (location.hash !== "" && location.hash !== "#/") location.hash = "#/";
    return draw({ moved: false });
  }
  if (!current?.redrawOn?.includes(what)) return shell.drawState();
  const focused = document.activeElement?.id;
  await draw({ moved: what === "enrolled" });
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
}
