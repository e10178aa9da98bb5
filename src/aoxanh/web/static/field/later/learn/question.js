// @ts-check
/** One question on the screen, by its kind; answers are told in the item's own numbering, whatever order they are shown in. */

import { h } from "../../dom.js";
import { chips } from "../../parts.js";
import { inLanguage, t } from "../../words.js";

/**
 * @param {import("./drawing.js").Asked} asked @param {any} given what was answered before, if anything
 * @param {(given: any) => void} keep
 */
export function field({ item, order }, given, keep) {
  if (item.kind === "matching") return matching(item, order, given, keep);
  if (item.kind === "numeric") return numeric(item, given, keep);
  const many = item.kind === "multiple";
  const isClaim = item.kind === "truefalse";
  const options = isClaim
    ? ["true", "false"].map((value) => ({ value, label: t(`quiz.${value}`) }))
    : order.map((at) => ({ value: String(at), label: inLanguage(item.options?.[at]) }));
  const before = isClaim ? [String(given?.holds)] : (given?.chosen ?? []).map(String);
  const onchange = () => {
    const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (place.querySelectorAll("input:checked"));
    const chosen = [...boxes].map((box) => box.value);
    keep(isClaim ? { holds: chosen[0] === "true" } : { chosen: chosen.map(Number) });
  };
  const legend = many ? `${inLanguage(item.ask)} ${t("quiz.several")}` : inLanguage(item.ask);
  const place = chips({ name: "answer", legend, options, chosen: many ? before : (before[0] ?? ""), many, onchange });
  place.querySelector(".chips").classList.add("long");
  return place;
}

/** @param {any} given @returns {boolean} */
export function isAnswered(given) {
  if (!given) return false;
  return given.holds !== undefined || given.number !== undefined || given.chosen?.length > 0 || given.matched?.some((/** @type {number} */ at) => at >= 0);
}

/** A right side that was given to one left side is taken from the other: each belongs once. @param {any} item @param {number[]} order @param {any} given @param {Function} keep */
function matching(item, order, given, keep) {
  const matched = given?.matched ?? item.lefts.map(() => -1);
  const selects = item.lefts.map((/** @type {any} */ left, /** @type {number} */ side) => {
    const choose = (/** @type {any} */ event) => {
      const at = Number(event.target.value);
      matched.forEach((/** @type {number} */ held, /** @type {number} */ other) => {
        if (other !== side && held === at && at >= 0) matched[other] = -1;
      });
      matched[side] = at;
      selects.forEach((/** @type {any} */ one, /** @type {number} */ other) => (one.querySelector("select").value = String(matched[other])));
      keep({ matched: [...matched] });
    };
    const options = [-1, ...order].map((at) => h("option", { value: at, selected: at === matched[side] }, at < 0 ? t("quiz.choose") : inLanguage(item.rights[at])));
    return h("div", { class: "field" }, h("label", { for: `side-${side}` }, inLanguage(left)), h("select", { id: `side-${side}`, onchange: choose }, options));
  });
  return h("fieldset", {}, h("legend", {}, inLanguage(item.ask)), selects);
}

/** @param {any} item @param {any} given @param {Function} keep */
function numeric(item, given, keep) {
  const oninput = (/** @type {any} */ event) => {
    const text = event.target.value.trim();
    keep(text === "" || Number.isNaN(Number(text)) ? {} : { number: Number(text) });
  };
  return h(
    "div",
    { class: "field" },
    h("label", { for: "answer" }, inLanguage(item.ask)),
    h("p", { class: "hint", id: "answer-hint" }, t("quiz.number_hint")),
    h("input", { type: "number", id: "answer", step: "any", inputmode: "decimal", value: given?.number ?? "", oninput, "aria-describedby": "answer-hint", autocomplete: "off" }),
  );
}
