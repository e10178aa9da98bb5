// @ts-check
/** The sentences of the assignment in English. */

/** @type {Record<string, string>} */
export default {
  "plan.title": "Where you are sent",
  "plan.since": "Since {day}",
  "plan.km": "about {n} km from home",
  "plan.nothing": "If you can go, you need do nothing. Your team leader tells you the days.",
  "plan.answer": "See it and answer",
  "plan.kind.outreach": "outreach in hamlets",
  "plan.kind.vneid": "help with VNeID",
  "plan.kind.services": "help with online services",
  "plan.kind.ai": "help with the AI assistant",
  "plan.kind.police": "pair with the commune police",
};
