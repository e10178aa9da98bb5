// @ts-check
/** What a Save button does: check, write durably, learn, send; and say so plainly when the phone is full. */

import { h } from "./dom.js";
import { complain } from "./form.js";
import * as guard from "./guard.js";
import * as outbox from "./outbox.js";
import { notice } from "./parts.js";
import { complaints } from "./record.js";
import * as schedule from "./schedule.js";
import { t } from "./words.js";

/**
 * @param {import("./record.js").Form} form
 * @param {{reasonNeeded?: boolean, make: () => any, instead?: string, after: (record: any) => void | Promise<void>}} how
 */
export async function saveForm(form, { reasonNeeded = false, make, instead, after }) {
  const free = holdButtons();
  // The rules may still be on their way from the shell; without them a text counts as unjudged and is refused below.
  await guard.load().catch((error) => console.warn(error));
  const wrong = complaints(form, { reasonNeeded });
  free();
  complain(wrong);
  if (Object.keys(wrong).length > 0) return;
  await saveRecord(make(), { instead, after });
}

/** @param {any} record @param {{instead?: string, after: (record: any) => void | Promise<void>}} how */
export async function saveRecord(record, { instead, after }) {
  const free = holdButtons();
  try {
    await outbox.save([record], { instead });
  } catch (error) {
    free();
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    document.querySelector("#main")?.append(h("div", { role: "alert" }, notice("bad", isFull ? t("app.full") : t("app.error", { detail: String(error) }))));
    return;
  }
  await after(record);
  void schedule.now();
}

/** A second tap while the first is being judged or written must not make a second record. @returns {() => void} lets the buttons go again */
function holdButtons() {
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("main button, .action button"));
  for (const one of buttons) one.disabled = true;
  return () => buttons.forEach((one) => (one.disabled = false));
}
