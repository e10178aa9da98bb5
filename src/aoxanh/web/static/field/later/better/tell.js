// @ts-check
/** What stands below an answer of the assistant: "wrong answer", and where none was found, "send it to the province". */

import "./words.js";
import { fill, h } from "../../dom.js";
import * as guard from "../../guard.js";
import { button } from "../../parts.js";
import { t } from "../../words.js";
import { flag, send } from "./told.js";

const REASONS = ["old", "figure", "place", "missing", "unclear", "other"];
const SLOTS = ["fee", "time", "place", "papers", "online", "steps", "who", "legal"];
const LONGEST = 300;

/**
 * One tap opens the reasons, one more tells. `approved` is the number of the approved answer that is shown, 0 for the card's own words.
 * @param {{code: string, slot: string | null | undefined, approved?: number}} about
 */
export function wrongAnswer({ code, slot, approved = 0 }) {
  const place = h("div", { class: "better" });
  const told = async (/** @type {string} */ reason) => {
    await flag({ code, slot: slot && SLOTS.includes(slot) ? slot : "steps", approved, reason });
    fill(place, h("p", { role: "status" }, t("better.flagged")));
  };
  const asked = () => fill(place, h("p", {}, h("strong", {}, t("better.why"))), h("div", { class: "names" }, REASONS.map((reason) => button(t(`better.reason.${reason}`), () => void told(reason), { "data-reason": reason }))));
  fill(place, button(t("better.wrong"), asked, { "data-wrong": code }));
  return place;
}

/** @param {{text: string, why: "outside" | "none", offered?: string[]}} question */
export function toProvince({ text, why, offered = [] }) {
  const place = h("div", { class: "better" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const sending = async () => {
    wrong.textContent = await complaint(text);
    if (wrong.textContent) return;
    await send({ text: text.trim(), why, offered });
    fill(place, h("p", { role: "status" }, t("better.sent")));
  };
  fill(place, button(t("better.send"), () => void sending(), { "data-send": why }), h("p", { class: "hint" }, t("better.send_hint")), wrong);
  return place;
}

/** @param {string} text @returns {Promise<string>} why it is not sent, "" when it may be */
async function complaint(text) {
  await guard.load().catch((error) => console.warn(error));
  if (!guard.isReady()) return t("better.unjudged");
  if (guard.find(text).length > 0) return t("better.personal");
  return [...text.trim()].length > LONGEST ? t("better.too_long") : "";
}
