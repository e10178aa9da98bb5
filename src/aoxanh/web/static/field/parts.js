// @ts-check
/** The pieces screens are made of: cards, notices, buttons, chips to choose from, badges. */

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./words.js";

/** @typedef {import("./dom.js").Child} Child */

/** @param {string | null} title @param {...(Child | Child[])} children */
export function card(title, ...children) {
  return h("section", { class: "card" }, title && h("h2", {}, title), ...children);
}

/** @param {"info" | "warn" | "bad" | "good"} tone @param {string} text @param {...Child} more */
export function notice(tone, text, ...more) {
  const sign = { info: "clock", warn: "warn", bad: "warn", good: "check" }[tone];
  return h("div", { class: `notice ${tone}` }, icon(sign), h("div", { class: "grow" }, h("p", {}, text), ...more));
}

/** @param {string} text @param {Function} onclick @param {Record<string, any>} [more] */
export function button(text, onclick, more = {}) {
  const { sign, ...attributes } = more;
  return h("button", { type: "button", onclick, ...attributes }, sign && icon(sign), text);
}

/** @param {string} text @param {string} href @param {Record<string, any>} [more] */
export function linkButton(text, href, more = {}) {
  const { sign, ...attributes } = more;
  return h("a", { href, class: "button", ...attributes }, sign && icon(sign), text);
}

/** @param {string} tone @param {string} text */
export function badge(tone, text) {
  return h("span", { class: `badge ${tone}` }, text);
}

/**
 * Chips of which one (or, with `many`, any number) is chosen with one tap.
 * @param {{name: string, legend: string, options: {value: string, label: string}[], chosen: string | string[], many?: boolean, short?: boolean, onchange?: Function}} field
 */
export function chips({ name, legend, options, chosen, many = false, short = false, onchange }) {
  const isChosen = (/** @type {string} */ value) => (many ? chosen.includes(value) : chosen === value);
  const chip = (/** @type {{value: string, label: string}} */ { value, label }) =>
    h(
      "label",
      { class: "chip" },
      h("input", { type: many ? "checkbox" : "radio", name, value, checked: isChosen(value), onchange }),
      h("span", {}, label),
    );
  return h("fieldset", { id: `field-${name}` }, h("legend", {}, legend), h("div", { class: ["chips", short && "short"] }, options.map(chip)), complaintPlace(name));
}

/**
 * A text field with its hint and a place for what is wrong with it.
 * @param {{name: string, label: string, hint: string, value: string, max: number, oninput: Function}} field
 */
export function textArea({ name, label, hint, value, max, oninput }) {
  const described = `${name}-hint ${name}-wrong`;
  return h(
    "div",
    { id: `field-${name}`, class: "field" },
    h("label", { for: name }, label),
    h("p", { class: "hint", id: `${name}-hint` }, hint),
    h("textarea", { id: name, name, rows: 2, maxlength: max, value, oninput, "aria-describedby": described, autocomplete: "off" }),
    complaintPlace(name),
  );
}

/** @param {string} name */
export function complaintPlace(name) {
  return h("p", { class: "wrong", id: `${name}-wrong`, role: "alert" });
}

/** @param {string} name of a closed list @param {string[]} values */
export function options(name, values) {
  return values.map((value) => ({ value, label: t(`${name}.${value}`) }));
}

/** @param {import("./outbox.js").State} state */
export function stateBadge(state) {
  const tone = { waiting: "warn", deferred: "warn", rejected: "bad", sent: "good" }[state];
  return badge(tone, t(`work.state.${state}`));
}
