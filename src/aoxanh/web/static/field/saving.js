// @ts-check
/** What a Save button does: check, write durably, learn, send; and say so plainly when the phone is full. */

import { h } from "./dom.js";
import { complain } from "./form.js";
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
  const wrong = complaints(form, { reasonNeeded });
  complain(wrong);
  if (Object.keys(wrong).length > 0) return;
  await saveRecord(make(), { instead, after });
}

/** @param {any} record @param {{instead?: string, after: (record: any) => void | Promise<void>}} how */
export async function saveRecord(record, { instead, after }) {
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll(".action button"));
  // A second tap while the first is being written must not make a second record.
  for (const one of buttons) one.disabled = true;
  try {
    await outbox.save([record], { instead });
  } catch (error) {
    for (const one of buttons) one.disabled = false;
    const isFull = error instanceof DOMException && error.name === "QuotaExceededError";
    document.querySelector("#main")?.append(h("div", { role: "alert" }, notice("bad", isFull ? t("app.full") : t("app.error", { detail: String(error) }))));
    return;
  }
  await after(record);
  void schedule.now();
}
