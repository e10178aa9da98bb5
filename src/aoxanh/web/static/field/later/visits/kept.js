// @ts-check
/** What was seen on visits, kept on this phone until the server has it; the plan and the checklist as last fetched. */

import { keeping } from "../keeping.js";

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{version: number, title: Words, points: (Words & {id: string})[]}} Checklist
 * @typedef {{id: string, commune: string, day: string, half: string, state: string}} Visit
 * @typedef {{checklist: Checklist, visits: Visit[]}} Known
 * @typedef {{visit: string, version: number, marks: Record<string, string>, note: string}} Seen
 */

export const { known, noted, note, drop, exchange } = /** @type {typeof keeping<Known, Seen>} */ (keeping)({
  prefix: "later.visit.",
  pull: "/visits",
  push: "/visits/reports",
  list: "reports",
});
