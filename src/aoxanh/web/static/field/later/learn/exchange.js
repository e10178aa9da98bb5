// @ts-check
/** Tells the server what was read and which quizzes were taken, each until it is answered, and fetches courses that changed. */

import { tell } from "../../changes.js";
import { remember, rememberSealed, setting } from "../../store.js";
import { call, Unreachable } from "../../transport.js";
import * as kept from "./kept.js";

const PULL_EVERY_MS = 900_000;
const MOST_READS = 100;
const MOST_TRIES = 10;

/** Throws Unreachable; what was not answered stays. @param {string} token @param {boolean} [always] */
export async function exchange(token, always = false) {
  const reads = await unsent(kept.READS, MOST_READS);
  const tries = await unsent(kept.TRIES, MOST_TRIES);
  const last = (await setting("learnAt")) ?? 0;
  if (!always && reads.length + tries.length === 0 && Date.now() - last < PULL_EVERY_MS) return;
  const told = { reads: reads.map(({ value }) => value), attempts: tries.map(({ value }) => attempt(value)) };
  const reply = await call("/learning", { method: "POST", token, json: told });
  if (!reply.ok || !reply.body) throw new Unreachable(`learning ${reply.status}`);
  const { results, courses, reads: known, attempts } = reply.body;
  await fetchCourses(token, courses);
  await rememberSealed("learn.state", { courses, reads: known, attempts });
  for (const { row } of reads) await kept.settle(kept.READS, row, "");
  for (const [at, { row }] of tries.entries()) if (results[at]?.id === row.id) await kept.settle(kept.TRIES, row, results[at].code);
  await kept.dropOld();
  await remember({ learnAt: Date.now() });
  tell("learn");
}

/** @param {string} prefix @param {number} most */
async function unsent(prefix, most) {
  return (await kept.opened(prefix)).filter(({ row }) => row.unsent).slice(0, most);
}

/** @param {import("./kept.js").Try} value */
function attempt({ id, course, number, bank, started_at, handed_in_at, answers }) {
  return { id, course, number, bank, started_at, handed_in_at, answers: handed_in_at ? answers : {} };
}

/** Start numbers go with the items they were made for, so courses come first. @param {string} token @param {{code: string, version: string}[]} courses */
async function fetchCourses(token, courses) {
  for (const { code, version } of courses) {
    if ((await kept.course(code))?.version === version) continue;
    const reply = await call(`/learning/courses/${encodeURIComponent(code)}`, { token });
    if (!reply.ok || !reply.body) throw new Unreachable(`course ${reply.status}`);
    await remember({ [`learn.course.${code}`]: reply.body });
  }
}
