// @ts-check
/** Today: who I am, my team, what I did, what is not yet sent, and the one big button. */

import * as account from "../account.js";
import { h } from "../dom.js";
import * as gate from "../gate.js";
import { vietnamDay } from "../ids.js";
import { icon } from "../icons.js";
import * as outbox from "../outbox.js";
import { badge, button, card, linkButton, notice } from "../parts.js";
import { effective } from "../record.js";
import * as reference from "../reference.js";
import * as schedule from "../schedule.js";
import * as shifts from "../shifts.js";
import { remember, sealedSetting, setting } from "../store.js";
import { day, inLanguage, number, t, when } from "../words.js";

const NEXT_SHIFTS = 4;
const OTHER = [
  { activity: "vneid", href: "#/vneid", sign: "phone" },
  { activity: "digitise", href: "#/record/digitise", sign: "files" },
  { activity: "id_sync", href: "#/record/id_sync", sign: "id" },
  { activity: "outreach", href: "#/record/outreach", sign: "horn" },
  { activity: "class", href: "#/record/class", sign: "book" },
  { activity: "attend", href: "#/attend", sign: "check" },
  { activity: "learn", href: "#/learn", sign: "list" },
];

/** @returns {Promise<import("../shell.js").Screen>} */
export async function show() {
  const person = await account.me();
  const team = await account.currentTeam(person);
  return {
    title: t("today.title"),
    tab: "today",
    redrawOn: ["work", "state", "reference"],
    body: [
      h("h1", { tabindex: "-1" }, t("today.hello", { name: person.name })),
      team ? teamCard(person, team) : notice("warn", t("notice.no_team")),
      h("p", { class: "row" }, person.volunteer && linkButton(t("today.badge"), "#/badge", { sign: "id", id: "badge" }), linkButton(t("today.assist"), "#/assist", { sign: "search", id: "assist" })),
      person.lacks_consent ? notice("bad", t("notice.consent")) : person.is_minor && notice("warn", t("notice.minor")),
      ...gate.ending(person),
      ...(await notices()),
      await assigned(),
      await shiftCard(),
      await figures(),
      await syncCard(),
      card(t("today.other"), h("div", { class: "tiles" }, OTHER.map(tile))),
      linkButton(t("today.growth"), "#/growth", { id: "growth" }),
    ],
    action: [linkButton(t("today.help"), "#/find", { class: "button primary", sign: "person", id: "help" })],
  };
}

/** @param {import("../account.js").Me} person @param {import("../account.js").Team} team */
function teamCard(person, team) {
  const others = account.teamsOn(person);
  const choose = async (/** @type {any} */ event) => {
    await remember({ team: event.target.value });
    location.reload();
  };
  const name =
    others.length > 1
      ? h("select", { id: "team", "aria-label": t("today.team"), onchange: choose }, others.map((one) => h("option", { value: one.id, selected: one.id === team.id }, one.name)))
      : h("strong", {}, team.name);
  return h("p", { class: "team" }, icon("place"), h("span", { class: "grow" }, name, h("br"), team.commune.address));
}

/** Where a plan sends me; its words come with the later shelf. */
async function assigned() {
  const sent = await sealedSetting("assigned");
  return sent && (await import("../later/plan/today.js").catch(() => null))?.assigned(sent);
}

async function shiftCard() {
  const next = (await shifts.coming()).slice(0, NEXT_SHIFTS);
  if (next.length === 0) return null;
  const noted = await shifts.checkIns();
  return card(t("shifts.title"), h("ul", { class: "shifts" }, next.map((shift) => shiftRow(shift, noted.get(shift.id)))));
}

/** @param {import("../shifts.js").Shift} shift @param {import("../shifts.js").CheckIn | undefined} noted */
function shiftRow(shift, noted) {
  const today = shift.day === vietnamDay();
  const came = noted ?? shift.presence;
  const note = async () => {
    await (came ? shifts.leave(shift) : shifts.arrive(shift.id));
    void schedule.now();
  };
  const where = [t(`shifts.${shift.kind}`), t(`shifts.seat.${shift.seat}`), shift.place || shift.commune].join(" · ");
  return h(
    "li",
    {},
    h("strong", {}, today ? t("shifts.today") : day(shift.day), ", ", t(`shifts.${shift.half}`)),
    h("div", { class: "muted" }, where),
    came && h("div", { class: "below" }, t("shifts.came", { when: when(came.arrived_at) }), came.left_at ? ` – ${t("shifts.left", { when: when(came.left_at) })}` : "", noted?.unsent && badge("warn", t("shifts.unsent")), noted?.code && badge("bad", t("shifts.refused"))),
    today && !came?.left_at && button(t(came ? "shifts.leave" : "shifts.arrive"), note, { id: `${came ? "leave" : "arrive"}-${shift.half}`, sign: came ? "home" : "check" }),
  );
}

async function figures() {
  const today = vietnamDay();
  const mine = effective(await outbox.work()).map((item) => item.record);
  const helps = mine.filter((record) => record.day === today && !record.withdrawn && ["procedure", "vneid"].includes(record.activity));
  const minutes = helps.reduce((sum, record) => sum + record.minutes, 0);
  const finished = helps.filter((record) => record.outcome === "finished").length;
  const figure = (/** @type {number} */ n, /** @type {string} */ key) => h("div", {}, h("dd", {}, number(n)), h("dt", {}, t(key, { n })));
  const list = h("dl", { class: "figures" }, figure(helps.length, "today.helped"), figure(minutes, "today.minutes"), figure(finished, "today.finished"));
  return card(t("today.figures"), list);
}

async function syncCard() {
  const { waiting, rejected } = await outbox.counts();
  const last = await setting("lastSync");
  const phase = schedule.currentPhase();
  const lines = [
    h("p", { class: "count", id: "waiting" }, waiting > 0 ? t("state.waiting", { n: waiting }) : t("state.all_sent")),
    rejected > 0 && h("p", { class: "count bad" }, h("a", { href: "#/work" }, t("state.rejected", { n: rejected }))),
    h("p", { class: "muted" }, last ? t("state.last_sync", { when: when(last) }) : t("state.never")),
    phase === "failed" && h("p", { class: "muted", id: "failed" }, t("state.failed")),
  ];
  const send = button(phase === "sending" ? t("state.sending") : t("state.send_now"), () => schedule.now(), { id: "send", sign: "send" });
  return card(t("today.sync"), lines, (waiting > 0 || phase === "failed") && send);
}

async function notices() {
  const list = await reference.list("notices");
  const unread = list.filter((/** @type {any} */ one) => !one.read);
  return unread.map((/** @type {any} */ one) => notice(one.urgent ? "bad" : "info", inLanguage(one.title), linkButton(t("today.read"), "#/warnings")));
}

/** @param {{activity: string, href: string, sign: string}} work */
function tile({ activity, href, sign }) {
  return h("a", { class: "tile", href, id: `tile-${activity}` }, icon(sign), h("span", {}, t(`activity.${activity}`)));
}
