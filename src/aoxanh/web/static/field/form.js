// @ts-check
/** The form in which a piece of help is recorded or corrected: chips for one tap each, the rest folded away. */

import { fill, h } from "./dom.js";
import * as guard from "./guard.js";
import { chips, complaintPlace, options, textArea } from "./parts.js";
import { isCounted, textComplaint } from "./record.js";
import { AGE_BANDS, HANDOVER_REASONS, HELP_MINUTES, MODES, OBSTACLES, OUTCOMES, REFUSED, TYPED_BY, WORK_MINUTES } from "./vocabulary.js";
import { inLanguage, t } from "./words.js";

/** @typedef {import("./record.js").Form} Form */

/** @param {Form} form changed as the person taps @param {{languages: any[], withReason?: boolean}} how @returns {any[]} */
export function fields(form, { languages, withReason = false }) {
  void guard.load().catch((error) => console.warn(error));
  const main = isCounted(form.activity) ? countedFields(form) : helpFields(form);
  return [withReason && reasonField(form), ...main, details(form, languages)];
}

/** Shows what is wrong beside its field and goes to the first. @param {Record<string, string>} wrong */
export function complain(wrong) {
  for (const place of document.querySelectorAll(".wrong")) {
    place.textContent = wrong[place.id.replace(/-wrong$/, "")] ?? "";
  }
  const first = [...document.querySelectorAll(".wrong")].find((place) => place.textContent);
  if (!first) return;
  const fold = first.closest("details");
  if (fold) fold.open = true;
  const holder = first.closest("fieldset, .field") ?? first;
  holder.scrollIntoView({ block: "start" });
  /** @type {HTMLElement | null} */ (holder.querySelector("input, textarea, select"))?.focus({ preventScroll: true });
}

/** @param {Form} form */
function helpFields(form) {
  const reasons = h("div");
  const drawReasons = () => fill(reasons, form.outcome === "handed_over" && choice(form, "handover_reason", HANDOVER_REASONS));
  drawReasons();
  return [choice(form, "outcome", OUTCOMES, drawReasons), reasons, choice(form, "obstacle", OBSTACLES), choice(form, "mode", MODES), minutesField(form, HELP_MINUTES)];
}

/** @param {Form} form */
function countedFields(form) {
  return [quantityField(form), choice(form, "mode", MODES), minutesField(form, WORK_MINUTES)];
}

/** @param {Form} form @param {"outcome" | "obstacle" | "mode" | "age_band" | "typed_by" | "handover_reason"} name @param {string[]} values @param {Function} [after] */
function choice(form, name, values, after) {
  const onchange = (/** @type {any} */ event) => {
    form[name] = event.target.value;
    clear(name);
    after?.();
  };
  return chips({ name, legend: t(`record.${name}`), options: options(name, values), chosen: form[name], onchange });
}

/** @param {Form} form @param {number[]} usual */
function minutesField(form, usual) {
  const values = [...new Set([...usual, form.minutes])].sort((a, b) => a - b);
  const onchange = (/** @type {any} */ event) => {
    form.minutes = Number(event.target.value);
    clear("minutes");
  };
  const shown = values.map((value) => ({ value: String(value), label: String(value) }));
  return chips({ name: "minutes", legend: t("record.minutes"), options: shown, chosen: String(form.minutes), short: true, onchange });
}

/** @param {Form} form */
function quantityField(form) {
  const field = h("input", { id: "quantity", type: "number", inputmode: "numeric", min: 1, max: 100_000, value: form.quantity, oninput: () => take(field.valueAsNumber) });
  const take = (/** @type {number} */ value) => {
    form.quantity = value;
    clear("quantity");
  };
  const step = (/** @type {number} */ by) => () => {
    take(Math.max(1, (form.quantity || 0) + by));
    field.value = form.quantity;
  };
  const stepper = (/** @type {string} */ sign, /** @type {string} */ name, /** @type {number} */ by) => h("button", { type: "button", class: "round", "aria-label": name, onclick: step(by) }, sign);
  return h(
    "div",
    { class: "field" },
    h("label", { for: "quantity" }, t(`quantity.${form.activity}`)),
    h("div", { class: "row" }, stepper("−", t("quantity.less"), -1), field, stepper("+", t("quantity.more"), 1)),
    complaintPlace("quantity"),
  );
}

/** @param {Form} form @param {any[]} languages */
function details(form, languages) {
  const help = !isCounted(form.activity);
  const parts = [
    otherMinutes(form),
    help && languageField(form, languages),
    help && choice(form, "age_band", AGE_BANDS),
    help && choice(form, "typed_by", TYPED_BY),
    help && refusedField(form),
    textField(form, "note", 280),
  ];
  return h("details", { class: "card", open: form.note !== "" }, h("summary", {}, t("record.more")), ...parts);
}

/** @param {Form} form */
function otherMinutes(form) {
  const oninput = (/** @type {any} */ event) => {
    form.minutes = event.target.valueAsNumber;
    for (const chip of document.querySelectorAll("input[name=minutes]")) /** @type {HTMLInputElement} */ (chip).checked = Number(/** @type {HTMLInputElement} */ (chip).value) === form.minutes;
    clear("minutes");
  };
  return h("div", { class: "field" }, h("label", { for: "minutes-other" }, t("record.minutes_other")), h("input", { id: "minutes-other", type: "number", inputmode: "numeric", min: 0, max: 600, oninput }));
}

/** @param {Form} form @param {any[]} languages */
function languageField(form, languages) {
  const known = languages.some((one) => codeOf(one) === form.language) ? languages : [{ iso639_3: form.language, vi: form.language }, ...languages];
  const onchange = (/** @type {any} */ event) => {
    form.language = event.target.value;
  };
  const option = (/** @type {any} */ one) => h("option", { value: codeOf(one), selected: codeOf(one) === form.language }, inLanguage(one.name ?? one));
  return h("div", { class: "field" }, h("label", { for: "language" }, t("record.language")), h("select", { id: "language", onchange }, known.map(option)));
}

/** @param {any} language */
function codeOf(language) {
  return language.code ?? language.iso639_3;
}

/** @param {Form} form */
function refusedField(form) {
  const onchange = (/** @type {any} */ event) => {
    const { value, checked } = event.target;
    form.refused = checked ? [...form.refused, value] : form.refused.filter((other) => other !== value);
  };
  return chips({ name: "refused", legend: t("record.refused"), options: options("refused", REFUSED), chosen: form.refused, many: true, onchange });
}

/** @param {Form} form */
function reasonField(form) {
  return textField(form, "reason", 200);
}

/** @param {Form} form @param {"note" | "reason"} name @param {number} max */
function textField(form, name, max) {
  const oninput = (/** @type {any} */ event) => {
    form[name] = event.target.value;
    const place = document.getElementById(`${name}-wrong`);
    if (place) place.textContent = textComplaint(name, form[name]);
  };
  return textArea({ name, label: t(`record.${name}`), hint: t(`record.${name}_hint`), value: form[name], max, oninput });
}

/** @param {string} name */
function clear(name) {
  const place = document.getElementById(`${name}-wrong`);
  if (place) place.textContent = "";
}
