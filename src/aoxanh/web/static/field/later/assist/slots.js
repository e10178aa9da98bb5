/** Hearing a message as the server's aoxanh.assistant.dialogue.hearing does: its questions, what each asks, which words name its matter. */

import { Weights, fold } from "../../retrieval.js";
import { ofSlot } from "./features.js";

const [MOST_SIGNS, MOST_STRETCHES, MOST_JOINS, MOST_WORDS, GUESSED, SEVERAL] = [2000, 40, 4, 160, 0.3, 2];
const [GAP, GAP_WORDS] = ["…", 2];
const CLAUSES = /[?!;,\n]+|\.+(?=[ \t\r\f\v\xa0]|$)/;
const TOKEN = /[^ \t\r\n\f\v\xa0]+/g;

// A clause: {text, readings}, its words as typed and written out. A question: {text, slot}.

export const words = (text) => fold(text).match(/[a-z0-9]+(?:\.[0-9]+)*/g) ?? [];
export const pairs = (found) => found.slice(1).map((word, at) => `${found[at]} ${word}`);
const lastSigns = (text) => [...text].slice(-MOST_SIGNS).join("");
const tokensOf = (text) => text.match(TOKEN) ?? [];

const says = ({ readings }, phrase) => readings.some((reading) => reading.includes(` ${phrase} `));
export const saysAny = (clause, phrases) => phrases.some((phrase) => says(clause, phrase));

/** The words written out, without the marks of what was left out. */
export const wordsOf = ({ readings }) => readings.at(-1).split(" ").filter((word) => word && word !== ".");

const without = (reading, phrases) => phrases.reduce((rest, phrase) => rest.replaceAll(` ${phrase} `, " . "), reading);

/** Hears messages by the phrases, through the index's reader. */
export class Hearing {
  constructor(index, phrases, learned) {
    this.learned = new Weights(learned.slots);
    this.index = index;
    this.phrases = phrases;
    this.empty = new Set(phrases.empty.split(" "));
    const slots = Object.entries(phrases.slots);
    this.light = new Set(phrases.light.split(" "));
    this.strong = grouped(slots.flatMap(([, cues]) => cues.strong).filter((cue) => !cue.includes(".") && !cue.includes(GAP)), (cue) => cue);
    this.cues = grouped(slots.flatMap(([, cues]) => [...cues.strong, ...cues.weak]), (cue) => cue);
    const asking = (strength) => grouped(slots.flatMap(([name, cues]) => cues[strength].map((cue) => [name, cue])).map(([name, cue], at) => ({ name, cue, at })), ({ cue }) => (cue.includes(GAP) ? cue.split(" ").at(-1) : cue));
    this.asking = { strong: asking("strong"), weak: asking("weak") };
  }

  clause(text) {
    const stretches = this.index.stretches(words(lastSigns(text)).slice(-MOST_WORDS));
    const typed = stretches.flatMap((options) => options[0].words);
    const written = stretches.flatMap((options) => (options.length > 1 && options[1].weight > GUESSED ? options[1] : options[0]).words);
    return { text, readings: [typed, written].map((found) => without(` ${this.plain(found)} . `, this.phrases.tales)) };
  }

  /** Words as one text, short ways of asking written out. */
  plain(found) {
    const { alike } = this.phrases;
    return found.map((word) => (Object.hasOwn(alike, word) ? alike[word] : word)).join(" ");
  }

  /** A text without what asks in it; the whole text when it only asks. */
  searched(text) {
    const tokens = tokensOf(text);
    const spoken = tokens.map((token) => this.plain(words(token)));
    const places = spoken.flatMap((found, at) => tokensOf(found).map(() => at));
    const said = spoken.flatMap(tokensOf);
    const asks = said.map(() => false);
    said.forEach((first, at) => {
      for (const cue of this.strong.get(first) ?? []) {
        const size = cue.split(" ").length;
        if (said.slice(at, at + size).join(" ") === cue) asks.fill(true, at, at + size);
      }
    });
    const kept = new Set(places.filter((_, at) => !asks[at]));
    const gone = spoken.map((found, at) => found !== "" && !kept.has(at));
    for (let at = 1; at < tokens.length; at += 1) gone[at] ||= gone[at - 1] && this.phrases.joins.includes(spoken[at]);
    return tokens.filter((_, at) => !gone[at]).join(" ") || text;
  }

  /** What is asked for, as examples decide it that know which phrase was said. */
  askedFor(clause) {
    const points = this.learned.points(ofSlot(wordsOf(clause), this.slotOf(clause)));
    const best = this.learned.held.classes.reduce((one, other) => (points[other] > points[one] ? other : one));
    return best === "none" ? null : best;
  }

  /** What is asked for by phrases, and whether strongly: the phrase said last, a longer one before those within it. */
  slotOf(clause) {
    for (const strength of (["strong", "weak"])) {
      let [best, longest, slot] = [0, 0, ""];
      for (const { name, cue } of this.near(clause, strength)) {
        const end = last(clause, cue);
        if (end > best || (end === best && end && cue.length > longest)) [best, longest, slot] = [end, cue.length, name];
      }
      if (slot) return [slot, strength === "strong"];
    }
    return [null, false];
  }

  /** The phrases that may be said, for their word is, in the order of the file. */
  near({ readings }, strength) {
    const spoken = new Set(readings.flatMap((reading) => reading.split(" ")));
    return [...spoken].flatMap((word) => this.asking[strength].get(word) ?? []).sort((a, b) => a.at - b.at);
  }

  /** The one or two questions of a message; a story belongs to the question after it. */
  questions(whole) {
    const one = () => [{ text: whole.text, slot: this.askedFor(whole) }];
    const stretches = this.stretches(whole);
    if (stretches.length === 1) return one();

    const found = [];

    let held = [];
    for (const stretch of stretches) {
      held.push(stretch.text);
      const [slot, isStrong] = this.slotOf(stretch);
      if (!isStrong) continue;
      found.push({ text: held.join(", "), slot });
      held = [];
    }
    const end = found.at(-1);
    if (end && held.length > 0) end.text = [end.text, ...held].join(", ");
    return found.length > 1 ? found.slice(-2) : one();
  }

  matter(clause, known = []) {
    return this.withoutCues(clause.readings.at(-1), known)
      .split(" ")
      .filter((word) => word && word !== "." && !this.empty.has(word));
  }

  /** Whether one of these is said, also with words between that change nothing. */
  names(clause, phrases) {
    const plain = ` ${clause.readings.at(-1).split(" ").filter((word) => word && !this.light.has(word)).join(" ")} `;
    return saysAny(clause, phrases) || phrases.some((phrase) => plain.includes(` ${phrase} `));
  }

  /** A clause without what asks in it. */
  unasked({ text, readings }, known = []) {
    return { text, readings: readings.map((reading) => this.withoutCues(reading, known)) };
  }

  withoutCues(reading, known = []) {
    const spoken = new Set(reading.split(" "));
    const near = [...spoken].flatMap((word) => this.cues.get(word) ?? []);
    const said = [...near, ...known.filter((phrase) => spoken.has(firstOf(phrase)))];
    return without(reading, [...new Set(said)].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)));
  }

  telling(name) {
    return words(name).filter((word) => !this.empty.has(word)).join(" ");
  }

  /** The text cut at its signs, and at a joining word when both sides ask. */
  stretches(whole) {
    const parts = lastSigns(whole.text).split(CLAUSES).map((part) => tokensOf(part).join(" ")).filter(Boolean).slice(-MOST_STRETCHES);
    return parts.flatMap((part) => this.joined(parts.length === 1 ? whole : this.clause(part), part.split(" ")));
  }

  joined(clause, tokens) {
    if (new Set(this.near(clause, "strong").filter(({ cue }) => last(clause, cue)).map(({ name }) => name)).size < SEVERAL) return [clause];
    const joins = tokens.map((_, at) => at).filter((at) => at > 0 && at < tokens.length - 1 && this.phrases.joins.includes(fold(tokens[at])));
    for (const at of joins.slice(-MOST_JOINS)) {
      const halves = [tokens.slice(0, at), tokens.slice(at + 1)].map((half) => this.clause(half.join(" ")));
      if (halves.every((half) => this.slotOf(half)[1])) return halves;
    }
    return [clause];
  }
}

const firstOf = (phrase) => phrase.split(" ", 1)[0];

/** Things by the first word of their phrase. */
function grouped(things, phraseOf) {
  const found = new Map();
  for (const thing of things) {
    const first = firstOf(phraseOf(thing));
    if (!found.has(first)) found.set(first, []);
    found.get(first).push(thing);
  }
  return found;
}

/** Where a cue ends that is said last, in words from the start; 0 when it is not said. */
function last({ readings }, cue) {
  const [before, after] = cue.includes(GAP) ? cue.split(` ${GAP} `) : ["", cue];
  for (const reading of readings) {
    const at = reading.lastIndexOf(` ${after} `);
    if (at >= 0 && (!before || standsNear(before, reading.slice(0, at + 1)))) return reading.slice(0, at + after.replace(/ \.$/, "").length + 2).split(" ").length - 1;
  }
  return 0;
}

/** Whether a phrase stands in the last words of a text, with at most so many others after it. */
function standsNear(phrase, before) {
  const tail = before.split(" ").slice(-2 - GAP_WORDS - (phrase.split(" ").length - 1), -1);
  return ` ${tail.join(" ")} `.includes(` ${phrase} `);
}
