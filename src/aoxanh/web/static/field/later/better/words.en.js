// @ts-check
/** Sentences about wrong and missing answers in English. */

/** @type {Record<string, string>} */
export default {
  "better.wrong": "Wrong answer",
  "better.why": "What is wrong?",
  "better.reason.old": "Out of date",
  "better.reason.figure": "A fee, a time or a number is wrong",
  "better.reason.place": "The place or office is wrong",
  "better.reason.missing": "Something is missing",
  "better.reason.unclear": "People do not understand it",
  "better.reason.other": "Something else",
  "better.flagged": "Thank you. The province looks at it; see what comes of it under “Answers I called wrong”.",
  "better.send": "Send the question to the province",
  "better.send_hint": "Only the question’s words are sent, never who asks. Write no name and no number of anybody.",
  "better.sent": "Noted. The question is sent as soon as there is a network.",
  "better.personal": "The question holds personal data, so it cannot be sent. Ask again without a name, number or address.",
  "better.unjudged": "This phone cannot check for personal data yet. Open the app once with a network, then send it again.",
  "better.too_long": "The question is longer than 300 letters. Write it in one or two sentences.",
};
