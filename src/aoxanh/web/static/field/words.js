// @ts-check
/** The app's language: sentences, numbers and dates in Vietnamese (the default) or English. */

import vietnamese from "./words.vi.js";

const CHOICE = "aoxanh.language";
const ZONE = "Asia/Ho_Chi_Minh";

let catalogue = vietnamese;

/** Fetches the chosen language's sentences; Vietnamese ones are always there. */
export async function loadLanguage() {
  document.documentElement.lang = language();
  if (language() === "en") catalogue = (await import("./words.en.js")).default;
}

/** Adds the sentences of screens that are fetched later. @param {Record<string, string>} more in the chosen language */
export function addWords(more) {
  catalogue = { ...catalogue, ...more };
}

/** @returns {"vi" | "en"} */
export function language() {
  return localStorage.getItem(CHOICE) === "en" ? "en" : "vi";
}

/** Takes effect when the page loads anew. @param {"vi" | "en"} choice */
export function chooseLanguage(choice) {
  localStorage.setItem(CHOICE, choice);
}

/**
 * @param {string} key @param {Record<string, string | number>} [values] numbers are written the way of the language
 * @returns {string} the sentence; a key that no catalogue has is shown as it is
 */
export function t(key, values = {}) {
  const single = values.n === 1 ? catalogue[`${key}.one`] : undefined;
  const sentence = single ?? catalogue[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (_, name) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? number(value) : value;
  });
}

/** @param {string} key @returns {boolean} */
export function has(key) {
  return key in catalogue;
}

/** @param {{vi?: string, en?: string} | string | null | undefined} both @returns {string} a text that comes in both languages */
export function inLanguage(both) {
  if (!both || typeof both === "string") return both ?? "";
  return both[language()] ?? both.vi ?? "";
}

/** @param {number} value */
export function number(value) {
  return value.toLocaleString(language() === "vi" ? "vi-VN" : "en-GB");
}

/** @param {string} day YYYY-MM-DD @returns {string} dd/mm/yyyy */
export function day(day) {
  return day.split("-").reverse().join("/");
}

/** @param {number} moment @returns {string} 14:05, or 14:05 23/11/2026 when it was not today */
export function when(moment) {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, hour: "2-digit", minute: "2-digit" });
  const dates = new Intl.DateTimeFormat("en-GB", { timeZone: ZONE, day: "2-digit", month: "2-digit", year: "numeric" });
  const date = dates.format(moment);
  return date === dates.format(Date.now()) ? format.format(moment) : `${format.format(moment)} ${date}`;
}
