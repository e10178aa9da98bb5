// @ts-check
/** A point for who answers for it, with or without a network: the code to say aloud, and names to tick. */

import "./words.js";
import { fill, h } from "../../dom.js";
import { badge, button, card, notice } from "../../parts.js";
import * as schedule from "../../schedule.js";
import { setting } from "../../store.js";
import { t } from "../../words.js";
import { spokenCode } from "./codes.js";
import { known, note, notes } from "./notes.js";

const LOOK_EVERY_MS = 2_000;
const SHOWN = 12;

/** @param {string} commune @param {string} id */
export async function show(commune, id) {
  const { hosting } = await known();
  const point = hosting.find((one) => one.commune === commune && one.id === id);
  if (!point) return { title: t("events.title"), back: "#/attend", body: [h("h1", { tabindex: "-1" }, t("events.title")), notice("warn", t("point.gone"))] };
  return {
    title: point.place,
    tab: "today",
    back: "#/attend",
    body: [h("h1", { tabindex: "-1" }, point.place), h("p", { class: "muted" }, point.title), await codeCard(point), await tickCard(point)],
  };
}

/** @param {import("./notes.js").Hosted} point */
async function codeCard(point) {
  const place = h("p", { id: "spoken", class: "code" });
  const skew = (await setting("skew")) ?? 0;
  const draw = async () => {
    const code = await spokenCode(point.spoken_key, Date.now() - skew);
    const shown = `${code.slice(0, 3)} ${code.slice(3)}`;
    if (place.textContent !== shown) place.textContent = shown;
  };
  await draw();
  const timer = setInterval(() => (place.isConnected ? void draw() : clearInterval(timer)), LOOK_EVERY_MS);
  return card(t("point.spoken"), place, h("p", { class: "muted" }, t("point.spoken_hint")));
}

/** @param {import("./notes.js").Hosted} point */
async function tickCard(point) {
  const list = h("ul", { class: "shifts", id: "names" });
  const search = h("input", { type: "search", id: "name", autocomplete: "off", oninput: () => void draw() });
  const draw = async () => {
    const told = new Map((await notes()).filter((one) => one.point === point.id && one.volunteer).map((one) => [one.volunteer, one]));
    const wanted = plain(search.value);
    const found = point.people.filter((one) => plain(one.name).includes(wanted)).slice(0, SHOWN);
    fill(list, found.length > 0 ? found.map((one) => row(one, told.get(one.id))) : h("li", {}, t("point.nobody")));
  };
  const row = (/** @type {{id: string, name: string}} */ one, /** @type {import("./notes.js").Note | undefined} */ told) => {
    const tick = async () => {
      await note({ commune: point.commune, point: point.id, volunteer: one.id, label: one.name });
      await draw();
      void schedule.now().then(draw);
    };
    if (!told || (told.status === "refused" && !told.unsent)) return h("li", {}, h("span", {}, one.name, " "), told && h("span", { class: "muted" }, t(`events.why.${told.why}`)), button(t("point.is_here"), tick, { "aria-label": `${one.name}: ${t("point.is_here")}` }));
    const said = told.unsent ? badge("warn", t("events.unsent")) : badge(told.status === "held" ? "warn" : "good", t(`events.status.${told.status}`));
    return h("li", {}, h("span", {}, one.name, " "), said);
  };
  await draw();
  return card(t("point.tick"), h("div", { class: "field" }, h("label", { for: "name" }, t("point.search")), search), list);
}

/** @param {string} text */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase().trim();
}
