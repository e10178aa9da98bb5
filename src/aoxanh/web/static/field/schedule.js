// @ts-check
/** When to sync: after a save, when the network returns, when the person asks, and again by itself until it works. */

import { enrol, isEnrolled, wasEvicted } from "./account.js";
import { onChange, tell } from "./changes.js";
import { setting } from "./store.js";
import { run, Wait } from "./sync.js";
import { Unreachable } from "./transport.js";

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 300_000;
const IDLE_MS = 900_000;

/** @type {"idle" | "sending" | "failed"} */
let phase = "idle";
let failures = 0;
let again = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** Starts listening to the network, the page and the outbox. */
export function start() {
  addEventListener("online", () => void now());
  addEventListener("offline", () => tell("state"));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void now();
  });
  onChange((what) => {
    if (what === "erased") clearTimeout(timer);
  });
  void now();
}

/** @returns {"idle" | "sending" | "failed"} */
export function currentPhase() {
  return phase;
}

/**
 * Syncs now and goes on trying by itself. Calls while a run is under way ask for one more run after it.
 * @param {{freshReference?: boolean}} [how] @returns {Promise<string>} how the run ended: "failed", "busy", or a Report's outcome
 */
export async function now(how = {}) {
  if (!isEnrolled()) return "sign_in";
  if (phase === "sending") {
    again = true;
    return "busy";
  }
  clearTimeout(timer);
  enter("sending");
  const outcome = await attempt(how);
  enter(outcome === "failed" ? "failed" : "idle");
  if (again && outcome === "done") {
    again = false;
    return now();
  }
  again = false;
  return outcome;
}

/** @param {{freshReference?: boolean}} how @returns {Promise<string>} */
async function attempt(how) {
  try {
    const { outcome } = await run(how);
    if (outcome === "sign_in" && (await enrolledAgain())) return (await run(how)).outcome;
    failures = 0;
    // Another tab holds the lock: look again soon, in case it closes before it is done.
    if (outcome !== "erased") plan(outcome === "busy" ? FIRST_RETRY_MS : IDLE_MS);
    return outcome;
  } catch (error) {
    if (!(error instanceof Unreachable || error instanceof Wait)) console.error(error);
    failures += 1;
    const wait = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1)) * (0.75 + Math.random() / 2);
    plan(error instanceof Wait ? Math.max(wait, error.ms) : wait);
    return "failed";
  }
}

/**
 * A phone that took a new device number enrols by itself while the browser's session still holds; not one whose storage was
 * thrown away, for then a person must first have read what is lost.
 */
async function enrolledAgain() {
  if (!(await setting("signInNeeded")) || (await wasEvicted())) return false;
  try {
    await enrol();
    return true;
  } catch {
    return false;
  }
}

/** @param {number} ms */
function plan(ms) {
  clearTimeout(timer);
  timer = setTimeout(() => void now(), ms);
}

/** @param {"idle" | "sending" | "failed"} next */
function enter(next) {
  phase = next;
  tell("state");
}
