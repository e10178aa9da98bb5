// @ts-check
/** Observations of practice, kept on this phone until the server has them; checklists, members and my own record as last fetched. */

import { keeping } from "../keeping.js";

/**
 * @typedef {{vi: string, en: string}} Words
 * @typedef {{code: string, version: number, title: Words, points: (Words & {id: string})[]}} Checklist
 * @typedef {{volunteer: string, name: string, team: string, team_name: string}} Member
 * @typedef {{checklists: Checklist[], members: Member[], own: any}} Known
 * @typedef {{volunteer: string, team: string, checklist: string, version: number, marks: Record<string, string>, note: string}} Observation
 */

export const { known, noted, note, drop, exchange } = /** @type {typeof keeping<Known, Observation>} */ (keeping)({
  prefix: "later.practice.",
  pull: "/growth",
  push: "/growth/observations",
  list: "observations",
});
