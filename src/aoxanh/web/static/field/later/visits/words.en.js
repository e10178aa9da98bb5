// @ts-check
/** The sentences of these screens in English. */

/** @type {Record<string, string>} */
export default {
  "visits.title": "Visits",
  "visits.planned": "Planned and done",
  "visits.none": "No visit is planned, or the plan is not on this phone yet. Open this again with a network.",
  "visits.am": "morning",
  "visits.pm": "afternoon",
  "visits.fill": "Fill in the checklist",
  "visits.done": "yes",
  "visits.needs_work": "not yet",
  "visits.not_seen": "not seen",
  "visits.note": "A short note",
  "visits.note_hint": "About the work. No name, number or address of anybody.",
  "visits.save": "Save",
  "visits.saved": "Saved on this phone. It is sent by itself with a network.",
  "visits.need_mark": "Mark at least one point that you saw.",
  "visits.personal": "The note may hold personal data. Write only about the work.",
  "visits.unjudged": "This phone cannot check notes yet. Leave the note empty, or try again with a network.",
  "visits.unsent": "not sent",
  "visits.sent": "sent",
  "visits.refused": "refused",
  "visits.drop": "Let go of this one",
  "visits.why.no_such_visit": "The server has no such visit of yours.",
  "visits.why.already_told": "Another phone has told of this visit.",
  "visits.why.id_taken": "Another report has the same number.",
  "visits.why.wrong_day": "The day on this phone is too far off.",
  "visits.why.unfit_marks": "The checklist does not match the server's. Update the app.",
  "visits.why.nothing_seen": "No point was marked.",
  "visits.why.personal_data": "The note may hold personal data.",
  "visits.why.unreadable_text": "The note holds characters that cannot be read.",
};
