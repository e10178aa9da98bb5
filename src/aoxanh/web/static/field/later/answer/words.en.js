// @ts-check
/** Sentences of the citizen's answer in English. */

/** @type {Record<string, string>} */
export default {
  "answer.title": "The citizen’s answer",
  "answer.qr": "QR code for the citizen’s answer",
  "answer.scan": "Let the person scan this with the phone’s camera and tap once: were they helped? You cannot see single answers.",
  "answer.until": "The code works for {n} days and holds no name and no data. It can be answered before the record is sent.",
  "answer.no_phone": "The person has no phone",
  "answer.no_phone_how": "Write this code on a paper slip for the box, or let the commune’s official call back and ask.",
  "answer.here": "Answer on this phone",
  "answer.here_hint": "Needs a network. Hand the phone over and let the person tap; an answer on your phone counts only in part.",
  "answer.none": "This record has no answer code, was withdrawn or is older than 30 days.",
};
