// @ts-check
/** Training sessions of these days: check in by code (scanned or typed), see what became of it, go to the points one answers for. */

import "./words.js";
import { h } from "../../dom.js";
import { badge, button, card, linkButton, notice } from "../../parts.js";
import * as schedule from "../../schedule.js";
import { t, when } from "../../words.js";
import { asTyped, hasShape } from "./codes.js";
import { known, note, notes } from "./notes.js";

/** @param {string} [commune] @param {string} [point] @param {string} [code] from the picture on a point's screen */
export async function show(commune, point, code) {
  if (commune && point && code) {
    // First, so that neither "back" nor a screen drawn again meanwhile notes it twice.
    location.replace("#/attend");
    await note({ commune, point, code });
    void schedule.now();
  }
  const { events, hosting } = await known();
  return {
    title: t("events.title"),
    tab: "today",
    back: "#/",
    redrawOn: ["work", "state"],
    body: [
      h("h1", { tabindex: "-1" }, t("events.title")),
      codeCard(),
      await notesCard(),
      ...hosting.map(hostedCard),
      ...(events.length > 0 ? events.map(sessionCard) : [notice("info", t("events.none"))]),
    ],
  };
}

function codeCard() {
  const wrong = h("p", { class: "wrong", id: "event-code-wrong", role: "alert" });
  const input = h("input", { type: "search", id: "event-code", maxlength: 9, autocomplete: "off", autocapitalize: "characters", spellcheck: "false", "aria-describedby": "event-code-hint event-code-wrong" });
  const send = async () => {
    const code = asTyped(input.value);
    wrong.textContent = hasShape(code) ? "" : t("events.code_shape");
    if (!hasShape(code)) return;
    input.value = "";
    await note({ code });
    void schedule.now();
  };
  const hint = h("p", { class: "hint", id: "event-code-hint" }, t("events.code_hint"));
  return card(null, h("div", { class: "field" }, h("label", { for: "event-code" }, t("events.code")), hint, input, wrong), button(t("events.check_in"), send, { id: "event-send", sign: "check", class: "primary" }));
}

async function notesCard() {
  const mine = (await notes()).filter((one) => !one.volunteer).slice(0, 5);
  if (mine.length === 0) return null;
  return card(t("events.notes"), h("ul", { class: "shifts", id: "event-notes" }, mine.map(noteRow)));
}

/** @param {import("./notes.js").Note} one */
function noteRow(one) {
  const tone = { accepted: "good", already: "good", held: "warn", refused: "bad" }[one.status] ?? "warn";
  const said = one.unsent ? badge("warn", t("events.unsent")) : badge(tone, t(`events.status.${one.status}`));
  return h("li", {}, h("div", {}, t("events.noted", { when: when(one.noted_at) }), " ", said), one.why && h("div", { class: "muted" }, t(`events.why.${one.why}`)));
}

/** @param {import("./notes.js").Hosted} one */
function hostedCard(one) {
  return card(t("events.hosting"), h("p", {}, h("strong", {}, one.title), h("br"), one.place), linkButton(one.place, `#/point/${one.commune}/${one.id}`, { sign: "list" }));
}

/** @param {import("./notes.js").Session} one */
function sessionCard(one) {
  const isPresent = one.mine?.state === "present";
  const isNow = Math.abs(Date.now() - (one.starts_at + one.ends_at) / 2) < (one.ends_at - one.starts_at) / 2 + 7_200_000;
  const here = (/** @type {import("./notes.js").Point} */ point) =>
    button(t("events.here", { place: `${point.place}, ${point.address}` }), async () => {
      await note({ commune: point.commune, point: point.id, label: point.place });
      void schedule.now();
    });
  return card(
    one.title,
    h("p", { class: "muted" }, `${when(one.starts_at)} – ${when(one.ends_at)}`),
    one.link && h("p", {}, h("a", { href: one.link, rel: "noreferrer" }, t("events.open_link"))),
    isPresent && h("p", {}, badge("good", t("events.present", { when: when(one.mine?.arrived_at ?? 0) }))),
    !isPresent && isNow && one.points.map(here),
  );
}
