// @ts-check
/** Sentences of the badge and the warnings in English. */

/** @type {Record<string, string>} */
export default {
  "badge.title": "My badge",
  "badge.hint": "Let people scan this screen with their phone’s camera. The code changes every 30 seconds.",
  "badge.qr": "QR code of the volunteer’s badge",
  "badge.left": "New code in {n} seconds",
  "badge.clock": "Time on the badge: {when}. If it is wrong, turn on automatic date and time and open the app once with a network.",
  "badge.wrong_clock": "This phone’s clock is wrong by {n} minutes, so the badge may be shown as not valid. Turn on automatic date and time and open the app once with a network.",
  "badge.none": "This phone has no badge yet. Open the app once with a network; after that it works without one too.",
  "badge.never": "You never ask anybody for a one-time code, a password, a picture of a card or money. Whoever does is a fraud.",
  "badge.no_team": "You belong to no team today, so the badge is not confirmed. Ask the team leader to add you.",
  "warnings.title": "Warnings",
  "warnings.none": "There are no warnings.",
  "warnings.read": "I have read it",
  "warnings.was_read": "Read",
  "warnings.unsent": "Read, not yet sent",
  "warnings.urgent": "Urgent",
  "warnings.until": "Answer before {when}",
  "warnings.open": "Open the report",
};
