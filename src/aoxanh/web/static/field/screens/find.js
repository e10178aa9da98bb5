// @ts-check
/** Finding the procedure: one field that forgives, the often-used ones, the groups. */

import * as drafts from "../drafts.js";
import { fill, h } from "../dom.js";
import { icon } from "../icons.js";
import { badge, notice } from "../parts.js";
import * as reference from "../reference.js";
import { entryOf, Index } from "../retrieval.js";
import { setting } from "../store.js";
import { GROUPS } from "../vocabulary.js";
import { inLanguage, t } from "../words.js";

const FREQUENT = 5;
const SHOWN = 30;
/** @type {{cursor: string, index: Index} | null} */
let kept = null;
const LEVEL_TONE = { full: "good", partial: "info", none: "plain" };

/** @param {string} [group] @returns {Promise<import("../shell.js").Screen>} */
export async function show(group = "") {
  const cards = await reference.cards();
  const title = group ? t(`group.${group}`) : t("find.title");
  const heading = h("h1", { tabindex: "-1" }, title);
  const frame = { title, tab: "find", redrawOn: ["reference"], back: group ? "#/find" : undefined };
  if (cards.length === 0) return { ...frame, body: [heading, notice("info", t("find.empty"))] };
  if (group) return { ...frame, body: [heading, list(byName(cards.filter((card) => card.group === group)))] };
  return { ...frame, redrawOn: [], body: [heading, ...(await finder(cards))] };
}

/** @param {any[]} cards */
async function finder(cards) {
  const [uses, index] = [await drafts.uses(), await indexOf(cards)];
  const byCode = new Map(cards.map((card) => [card.code, card]));
  const search = (/** @type {string} */ query) => index.search(query, SHOWN, { typing: true }).map(({ code }) => byCode.get(code));
  const results = h("div", { id: "results" });
  const count = h("p", { class: "muted", role: "status" });
  const draw = (/** @type {string} */ query) => {
    const found = query.trim() ? search(query) : null;
    count.textContent = found ? (found.length > 0 ? t("find.results", { n: found.length }) : "") : "";
    if (found === null) fill(results, ...beginning(cards, uses));
    else fill(results, found.length > 0 ? list(found) : notice("info", t("find.none")));
  };
  const field = h("input", {
    id: "query",
    type: "search",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
    enterkeyhint: "search",
    "aria-describedby": "query-hint",
    oninput: (/** @type {any} */ event) => draw(event.target.value),
  });
  draw("");
  return [
    h("div", { class: "field" }, h("label", { for: "query" }, t("find.label")), field, h("p", { class: "hint", id: "query-hint" }, t("find.hint"))),
    count,
    results,
  ];
}

/** Making the index takes a slow phone a second, so it lives until the cards or what was learned may have changed. @param {any[]} cards */
export async function indexOf(cards) {
  const version = `${await setting("cursor")} ${await setting("assist.version")}`;
  if (kept?.version !== version) kept = { version, index: new Index(cards.map(entryOf), await reference.list("abbreviations"), (await setting("assist.pack"))?.learned?.procedures) };
  return kept.index;
}

/** What is shown before anything is typed. @param {any[]} cards @param {Record<string, number>} uses */
function beginning(cards, uses) {
  const frequent = cards.filter((card) => uses[card.code]).sort((a, b) => uses[b.code] - uses[a.code]).slice(0, FREQUENT);
  const groups = GROUPS.map((group) => ({ group, n: cards.filter((card) => card.group === group).length })).filter(({ n }) => n > 0);
  return [
    frequent.length > 0 && h("section", {}, h("h2", {}, t("find.frequent")), list(frequent)),
    h(
      "section",
      {},
      h("h2", {}, t("find.groups")),
      h(
        "ul",
        { class: "rows" },
        groups.map(({ group, n }) =>
          h("li", {}, h("a", { href: `#/find/${group}` }, h("span", { class: "grow" }, t(`group.${group}`)), h("span", { class: "muted" }, n), icon("next"))),
        ),
      ),
    ),
  ];
}

/** @param {any[]} cards */
function list(cards) {
  return h("ul", { class: "rows" }, cards.map(row));
}

/** @param {any} card */
function row(card) {
  const level = /** @type {"full" | "partial" | "none"} */ (card.online_level);
  const below = h("span", { class: "below" }, badge(LEVEL_TONE[level], t(`level.${level}`)), h("span", { class: "muted" }, card.code));
  return h("li", {}, h("a", { href: `#/card/${encodeURIComponent(card.code)}` }, h("span", { class: "grow" }, inLanguage(card.name), below), icon("next")));
}

/** @param {any[]} cards */
function byName(cards) {
  return [...cards].sort((a, b) => inLanguage(a.name).localeCompare(inLanguage(b.name), "vi"));
}
