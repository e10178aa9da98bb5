// @ts-check
/** Asking the assistant, wholly on the phone: the dialogue lives in this page's memory and goes with it. */

import "./words.js";
import { onChange } from "../../changes.js";
import { fill, h } from "../../dom.js";
import * as guard from "../../guard.js";
import { badge, button, card as section, linkButton, notice } from "../../parts.js";
import * as reference from "../../reference.js";
import { indexOf } from "../../screens/find.js";
import { day, has, language, t } from "../../words.js";
import { toProvince, wrongAnswer } from "../better/tell.js";
import { pack } from "./pack.js";
import { assistantOf, NONE_OF_THESE, NOTHING } from "./turn.js";

/** @typedef {import("./turn.js").Part} Part */

const DAY_MS = 86_400_000;
const EXAMPLES = ["papers", "two", "vneid"];

/** @type {{pinned: import("./turn.js").Pinned, turns: {asked: string, parts: Part[]}[]}} */
let talk = { pinned: NOTHING, turns: [] };
/** @type {Map<string, any>} the cards, for what offices approved */
let known = new Map();
onChange((what) => {
  // Whoever comes next on this phone must not read what was asked before.
  if (what === "erased" || what === "enrolled") forget();
});

/** @returns {Promise<import("../../shell.js").Screen>} */
export async function show() {
  const [cards, held] = [await reference.cards(), await pack()];
  const frame = { title: t("assist.title"), back: "#/", tabs: false };
  const heading = h("h1", { tabindex: "-1" }, t("assist.title"));
  if (cards.length === 0) return { ...frame, redrawOn: ["reference"], body: [heading, notice("info", t("find.empty"))] };
  if (!held?.policy) return { ...frame, redrawOn: ["state", "reference"], body: [heading, notice("info", t("assist.no_pack"))] };
  known = new Map(cards.map((card) => [card.code, card]));
  const assistant = await assistantOf(cards, await indexOf(cards), held);
  const log = h("div", { id: "talk", role: "log", "aria-live": "polite" });
  const say = (/** @type {string} */ text, /** @type {string} */ asked) => {
    const reply = assistant.turn(text, talk.pinned, language());
    talk = { pinned: reply.pinned, turns: [...talk.turns, { asked, parts: reply.parts }] };
    draw(log, say);
  };
  draw(log, say);
  return { ...frame, body: [heading, h("p", { class: "hint" }, t("assist.what")), await stale(), log], action: [form(say)] };
}

async function stale() {
  const age = Date.now() - (await reference.refreshedAt());
  return age > reference.STALE_MS && notice("warn", t("card.stale", { n: Math.floor(age / DAY_MS) }));
}

/** The question's field and its button; what holds personal data stays in the field and goes no further. @param {(text: string, asked: string) => void} say */
function form(say) {
  const field = h("input", { id: "question", type: "search", autocomplete: "off", autocapitalize: "off", enterkeyhint: "send", maxlength: 2000, "aria-label": t("assist.label"), placeholder: t("assist.label") });
  const wrong = h("p", { class: "wrong", role: "alert", id: "question-wrong" });
  const send = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (!text) return;
    wrong.textContent = await complaint(text);
    if (wrong.textContent) return;
    field.value = "";
    say(text, text);
  };
  return h("form", { class: "asking", onsubmit: send, novalidate: true }, wrong, field, h("button", { class: "primary", id: "send-question" }, t("assist.ask")));
}

/** @param {string} text @returns {Promise<string>} why it is not read, "" when it may be */
async function complaint(text) {
  await guard.load().catch((error) => console.warn(error));
  if (!guard.isReady()) return t("assist.unjudged");
  const kinds = [...new Set(guard.find(text).map(({ kind }) => t(has(`kind.${kind}`) ? `kind.${kind}` : "kind.other")))];
  return kinds.length > 0 ? t("assist.personal", { kinds: kinds.join(", ") }) : "";
}

/** @param {Element} log @param {(text: string, asked: string) => void} say */
function draw(log, say) {
  const last = talk.turns.length - 1;
  const turns = talk.turns.map(({ asked, parts }, at) => h("article", {}, h("p", { class: "asked" }, h("span", { class: "muted" }, t("assist.asked")), " ", asked), parts.map((part) => told(part, at === last, say))));
  const offers = last >= 0 && talk.turns[last].parts.some((part) => part.candidates.length > 0);
  const anew = () => {
    forget();
    draw(log, say);
  };
  const below = [offers && button(t("assist.none"), () => say(NONE_OF_THESE, t("assist.none")), { id: "none" }), button(t("assist.again"), anew, { id: "again" })];
  fill(log, ...(last >= 0 ? [...turns, unanswered(), h("p", { class: "row" }, below)] : [examples(say)]));
  // The newest question stands at the top, its reply below it.
  if (last >= 0) requestAnimationFrame(() => turns[last].scrollIntoView({ block: "start" }));
}

/** The way to the province for the last question, where it has no answer. */
function unanswered() {
  const typed = talk.turns.filter(({ asked }) => asked !== t("assist.none")).at(-1);
  const { asked, parts } = talk.turns[talk.turns.length - 1];
  if (!typed || parts.some(({ kind }) => kind !== "outside")) return false;
  return toProvince({ text: typed.asked, why: typed.asked === asked ? "outside" : "none", offered: talk.pinned.offered });
}

/** @param {(text: string, asked: string) => void} say */
function examples(say) {
  const texts = EXAMPLES.map((name) => t(`assist.example.${name}`));
  return section(t("assist.examples"), h("div", { class: "names" }, texts.map((text) => button(text, () => say(text, text)))));
}

/** @param {Part} part @param {boolean} isLast only of the last one may names still be chosen @param {(text: string, asked: string) => void} say */
function told(part, isLast, say) {
  const sources = new Map(part.sentences.map(({ source }) => [source.code, source]));
  const answered = part.candidates.length === 1 && part.kind !== "ask_back" ? [part.candidates[0].code] : [...sources.keys()];
  const offered = part.candidates.filter(({ code }) => !answered.includes(code));
  const [first] = sources.keys();
  const approved = known.get(first)?.approved?.find((/** @type {any} */ one) => one.slot === part.slot);
  return h(
    "section",
    { class: `card part ${part.kind}` },
    h("h2", {}, t(`assist.kind.${part.kind}`)),
    part.say && h("p", {}, part.say),
    approved && [h("p", {}, approved.text[language()]), h("p", { class: "muted" }, t("assist.approved", { ...approved, day: day(approved.day) }))],
    !approved && part.sentences.length > 0 && h("ul", { class: "bullets" }, part.sentences.map(({ text, is_certain }) => h("li", {}, text, !is_certain && " ", !is_certain && badge("warn", t("assist.uncertain"))))),
    [...sources.values()].map(cited),
    isLast && first && wrongAnswer({ code: first, slot: part.slot, approved: approved?.number }),
    sources.size === 0 && answered.map((code) => h("p", {}, part.candidates[0].title, ways(code))),
    isLast && offered.length > 0 && h("div", { class: "names" }, answered.length > 0 && h("p", {}, t("assist.or")), offered.map((named) => choice(named, say))),
    part.go && h("p", {}, h("strong", {}, t("assist.go")), " ", part.go),
  );
}

/** @param {import("./turn.js").Named} named @param {(text: string, asked: string) => void} say */
function choice({ code, title, apart }, say) {
  const words = h("span", { class: "grow" }, title, apart && h("span", { class: "below muted" }, apart));
  return h("button", { type: "button", "data-code": code, onclick: () => say(code, title) }, words);
}

/** @param {import("./turn.js").Source} source */
function cited(source) {
  const isHigh = source.confidence === "high";
  return h("div", { class: "source" }, h("p", { class: "below" }, source.title, h("span", { class: "muted" }, t("assist.version", { code: source.code, day: day(source.valid_from) })), badge(isHigh ? "good" : "warn", t(isHigh ? "assist.high" : "assist.medium"))), ways(source.code));
}

/** The card's screen, and the way to record a help with it. @param {string} code */
function ways(code) {
  const at = encodeURIComponent(code);
  return h("p", { class: "row" }, linkButton(t("assist.card"), `#/card/${at}`, { sign: "list", "data-card": code }), linkButton(t("assist.record"), `#/record/procedure/${at}`, { sign: "check" }));
}

function forget() {
  talk = { pinned: NOTHING, turns: [] };
}
