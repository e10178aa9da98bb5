// @ts-check
/** The frame around every screen: the bar with what is not yet sent, the notices, the tabs. */

import * as account from "./account.js";
import * as beside from "./beside.js";
import { fill, h } from "./dom.js";
import * as health from "./health.js";
import { icon } from "./icons.js";
import * as outbox from "./outbox.js";
import { button, notice } from "./parts.js";
import { currentPhase } from "./schedule.js";
import { setting } from "./store.js";
import * as update from "./update.js";
import { t } from "./words.js";

const TABS = [
  { key: "today", href: "#/", sign: "home" },
  { key: "find", href: "#/find", sign: "search" },
  { key: "work", href: "#/work", sign: "list" },
  { key: "settings", href: "#/settings", sign: "gear" },
];

/**
 * @typedef {{title: string, back?: string, tab?: string, body: any[], action?: any[], tabs?: boolean, redrawOn?: string[]}} Screen
 */

const parts = {
  skip: h("a", { class: "skip", href: "#main" }),
  bar: h("header", { class: "bar" }),
  notices: h("section", { class: "notices", "aria-live": "polite" }),
  main: h("main", { id: "main", tabindex: "-1" }),
  action: h("section", { class: "action" }),
  tabs: h("nav", { class: "tabs" }),
  state: h("a", { class: "state", id: "state", href: "#/work" }),
};

/** Puts the frame into the page. */
export function raise() {
  const place = /** @type {HTMLElement} */ (document.querySelector("#app"));
  // A fragment link would be taken for a screen's address.
  parts.skip.addEventListener("click", (/** @type {Event} */ event) => {
    event.preventDefault();
    parts.main.focus();
  });
  fill(place, parts.skip, parts.bar, parts.notices, parts.main, parts.action, parts.tabs);
  document.documentElement.classList.remove("boot");
}

/** @param {Screen} screen */
export function show(screen) {
  document.title = `${screen.title} · ${t("app.name")}`;
  parts.skip.textContent = t("app.skip");
  drawBar(screen);
  drawTabs(screen);
  fill(parts.main, ...screen.body);
  fill(parts.action, ...(screen.action ?? []));
  parts.action.hidden = !screen.action?.length;
  parts.action.setAttribute("aria-label", t("app.action"));
  parts.notices.setAttribute("aria-label", t("app.notices"));
  document.body.classList.toggle("bare", screen.tabs === false);
}

/** Draws the bar's state and the notices anew; cheap, called after every change. */
export async function drawState() {
  if (!account.isEnrolled()) {
    parts.state.hidden = true;
    fill(parts.notices);
    return;
  }
  try {
    await drawStateOfWork();
  } catch (error) {
    // The account was let go while its work was read: the first screen is drawn next.
    if (account.isEnrolled()) throw error;
  }
}

async function drawStateOfWork() {
  const [{ waiting, rejected }, others] = await Promise.all([outbox.counts(), beside.unsent()]);
  const { text, tone } = stateOf(waiting, rejected, others);
  parts.state.hidden = false;
  parts.state.className = `state ${tone}`;
  if (parts.state.textContent !== text) fill(parts.state, text);
  const evicted = await account.wasEvicted();
  if (!evicted) outbox.noteUnsent(waiting + rejected);
  fill(parts.notices, evicted && evictionNotice(), ...(await currentNotices(evicted)));
}

/** @param {number} waiting @param {number} rejected @param {number} others what waits beside the outbox */
function stateOf(waiting, rejected, others) {
  if (rejected > 0) return { text: t("state.rejected", { n: rejected }), tone: "bad" };
  if (waiting + others > 0) return { text: t("state.waiting", { n: waiting + others }), tone: "warn" };
  return { text: currentPhase() === "sending" ? t("state.sending") : t("state.all_sent"), tone: "good" };
}

/** @param {Screen} screen */
function drawBar({ title, back }) {
  const start = back
    ? h("a", { class: "back", href: back, "aria-label": t("app.back") }, icon("back"))
    : h("span", { class: "brand" }, icon("shirt"));
  fill(parts.bar, start, h("span", { class: "bar-title" }, back ? title : t("app.name")), h("span", { role: "status" }, parts.state));
}

/** @param {Screen} screen */
function drawTabs({ tab, tabs }) {
  parts.tabs.hidden = tabs === false;
  parts.tabs.setAttribute("aria-label", t("app.tabs"));
  const link = (/** @type {{key: string, href: string, sign: string}} */ { key, href, sign }) =>
    h("a", { href, "aria-current": key === tab && "page" }, icon(sign), h("span", {}, t(`tab.${key}`)));
  fill(parts.tabs, TABS.map(link));
}

function evictionNotice() {
  const lost = outbox.notedUnsent();
  const text = lost > 0 ? t("notice.evicted_unsent", { n: lost }) : t("notice.evicted");
  return notice("bad", text, button(t("notice.sign_in_do"), account.goToSignIn));
}

/** @param {boolean} evicted */
async function currentNotices(evicted) {
  const minutes = await health.clockMinutesOff();
  return [
    update.isReady() && notice("info", t("notice.update"), button(t("notice.update_do"), update.accept, { id: "update" })),
    !health.seemsOnline() && h("p", { class: "offline" }, icon("away"), t("state.offline")),
    !evicted && (await setting("signInNeeded")) && notice("warn", t("notice.sign_in"), button(t("notice.sign_in_do"), account.goToSignIn)),
    minutes !== 0 && notice("warn", t(minutes > 0 ? "notice.fast" : "notice.slow", { n: Math.abs(minutes) })),
    (await health.storageIsNearlyFull()) && notice("warn", t("notice.storage")),
  ];
}
