// @ts-check
/** One run of the sync protocol (docs/reference/sync-protocol.md): hello, hand in, reference data. */

import { credentials, wipe } from "./account.js";
import * as beside from "./beside.js";
import { tell } from "./changes.js";
import { uuid7 } from "./ids.js";
import * as outbox from "./outbox.js";
import * as reference from "./reference.js";
import { remember, rememberSealed, sealedSetting, setting } from "./store.js";
import { call, Unreachable } from "./transport.js";
import { appVersion } from "./version.js";

const BATCH = 50;
const BATCH_BYTES = 256 * 1024;
const DAMAGED_TRIES = 3;

/** @typedef {{outcome: "done" | "busy" | "sign_in" | "erased", sent: number}} Report */

/** The server asked to wait. */
export class Wait extends Error {
  /** @param {number} ms */
  constructor(ms) {
    super(`wait ${ms}`);
    this.ms = ms;
  }
}

/**
 * Sends what waits and fetches what is new. Only one tab does so at a time. Throws Unreachable or Wait; what was not
 * acknowledged stays in the outbox whatever happens.
 * @param {{freshReference?: boolean}} [how] @returns {Promise<Report>}
 */
export async function run({ freshReference = false } = {}) {
  return navigator.locks.request("aoxanh-sync", { ifAvailable: true }, async (lock) => {
    if (!lock) return /** @type {Report} */ ({ outcome: "busy", sent: 0 });
    const who = await credentials();
    if (!who) return askToSignIn();
    const hello = await call("/sync", { token: who.token });
    const stop = await refusal(hello);
    if (stop) return stop;
    if (await agreeOnState(hello.body, hello.tookMs)) return askToSignIn();
    const report = await handIn(who.token);
    if (report.outcome !== "done") return report;
    await beside.exchange(who.token, freshReference);
    await outbox.dropOldCopies();
    await remember({ lastSync: Date.now(), signInNeeded: false });
    tell("state");
    await reference.refresh(who.token, freshReference);
    return report;
  });
}

/**
 * Takes over what the server knows: the person, the clocks, the epoch.
 * @param {any} hello @param {number} tookMs
 * @returns {Promise<boolean>} true when this storage was rolled back or copied, so that the phone must be enrolled anew
 */
async function agreeOnState(hello, tookMs) {
  // Other teams or certificates than before: what was refused for want of them gets another chance.
  if (JSON.stringify(await sealedSetting("me")) !== JSON.stringify(hello.me)) await outbox.retry(["not_certified", "not_your_team"]);
  await rememberSealed("me", hello.me);
  await remember({ skew: Math.round(Date.now() - tookMs / 2 - hello.server_time) });
  const epoch = await setting("epoch");
  if (epoch && epoch !== hello.epoch) {
    await beside.sendAgain();
    await outbox.sendCopiesAgain(hello.epoch);
  } else await remember({ epoch: hello.epoch });
  if (hello.last_seq <= ((await setting("seq")) ?? 0)) return false;
  await outbox.becomeDevice(uuid7());
  return true;
}

/** @param {string} token @returns {Promise<Report>} */
async function handIn(token) {
  const app = appVersion();
  let limit = BATCH;
  let damaged = 0;
  let sent = 0;
  for (;;) {
    const { rows, records } = await outbox.nextBatch(limit, BATCH_BYTES, app);
    if (rows.length === 0) return { outcome: "done", sent };
    const { waiting } = await outbox.counts();
    const answer = await call("/sync", { method: "POST", token, json: { sent_at: Date.now(), pending: waiting, app, records } });
    if (answer.status === 413 && limit > 1) limit = Math.max(1, Math.floor(rows.length / 2));
    else if (answer.status === 400 && codeOf(answer.body) === "damaged_body" && damaged < DAMAGED_TRIES) damaged += 1;
    else {
      const stop = await refusal(answer);
      if (stop) return stop;
      const settled = await outbox.settle(rows, answer.body.results, app);
      if (settled === 0) throw new Unreachable("the answer names none of the records");
      sent += settled;
    }
  }
}

/**
 * Says what an answer other than success means. Nothing but 410 may make the phone let go of unsent work.
 * @param {import("./transport.js").Answer} answer @returns {Promise<Report | null>} null when the answer is good
 */
async function refusal(answer) {
  if (answer.ok && answer.body) return null;
  if (answer.status === 410) {
    await wipe();
    return { outcome: "erased", sent: 0 };
  }
  if (answer.status === 401) return askToSignIn();
  if (answer.retryAfterMs > 0) throw new Wait(answer.retryAfterMs);
  throw new Unreachable(`status ${answer.status}`);
}

/** @returns {Promise<Report>} */
async function askToSignIn() {
  await remember({ signInNeeded: true });
  tell("state");
  return { outcome: "sign_in", sent: 0 };
}

/** @param {any} body */
function codeOf(body) {
  return body?.error?.code ?? body?.code ?? "";
}
