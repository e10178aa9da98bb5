// @ts-check
/** The choice of language, on the first screen and in the settings. */

import { h } from "./dom.js";
import { chips } from "./parts.js";
import { csrfToken } from "./transport.js";
import { chooseLanguage, language, t } from "./words.js";

/** Two chips; the page loads anew in the language that was tapped. */
export function languageChoice() {
  const onchange = async (/** @type {any} */ event) => {
    chooseLanguage(event.target.value);
    await tellServer(event.target.value);
    location.reload();
  };
  const choices = [
    { value: "vi", label: "Tiếng Việt" },
    { value: "en", label: "English" },
  ];
  return h("div", { class: "card" }, chips({ name: "ui-language", legend: t("settings.language"), options: choices, chosen: language(), onchange }));
}

/** The server's own messages should speak the same language; without a network they follow later. @param {string} choice */
async function tellServer(choice) {
  try {
    const body = new URLSearchParams({ language: choice, next: "/field/", csrfmiddlewaretoken: await csrfToken() });
    await fetch("/language/", { method: "POST", body, redirect: "manual" });
  } catch {
    // The app's own words have changed already.
  }
}
