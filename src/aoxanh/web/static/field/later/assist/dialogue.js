/** One turn of a dialogue on a phone without a network: the server's aoxanh.assistant.dialogue, reply for reply. */

import { Speaker, part } from "./answers.js";
import { Weights } from "../../retrieval.js";
import { ofAskingBack } from "./features.js";
import { Hearing, pairs, saysAny, words, wordsOf } from "./slots.js";

const [SEARCHED, SHOWN, SEVERAL, MOST_SIBLINGS] = [8, 3, 3, 5];
const [NAMES, NEAR, SURELY_ELSEWHERE, ASKED_BACK, TITLE_SAID, FAR_AHEAD, CLEARLY] = [28, 8, 30, -7, 10, 70, 2];
const FACTS = ["fee", "time", "papers", "legal"];

// What to remember: {code, slot, offered, before}. A choice: {codes, isAskedBack, isNear, family}.

export const NOTHING = { code: "", slot: null, offered: [], before: "" };

const isWeak = ({ found, elsewhere }) => !(found[0]?.score >= NAMES && found[0].score > elsewhere);
const isAbout = (family, found) => found.length === 0 || family.among.some((one) => one.code === found[0].code);

class Chooser {
  constructor(phrases, hearing, cards, learned) {
    this.learned = new Weights(learned.asking_back);
    this.phrases = phrases;
    this.hearing = hearing;
    const names = (card) => [card.name.vi, card.name.en, ...card.aliases, card.result.vi];
    this.named = new Map(cards.map((card) => [card.code, new Set(names(card).map(words).flatMap((name) => [...name, ...pairs(name)]))]));
    this.titles = new Map(cards.map(({ code, name }) => [code, [name.vi, name.vi.replace(/^Đăng ký /, "")].map((title) => hearing.telling(title))]));
  }

  choose(clause, searched) {
    const { found, elsewhere } = searched;
    const behind = found.length > 0 ? elsewhere - found[0].score : SURELY_ELSEWHERE;
    if (behind >= SURELY_ELSEWHERE) return { codes: [] };
    if (this.isAskedBack(clause, searched)) return this.askedBack(clause, found);
    if (behind >= 0) return { codes: [] };
    return { codes: found.slice(0, SHOWN).map(({ code }) => code), isNear: found.length > 1 && found[0].score - found[1].score <= NEAR };
  }

  /** Whether a question says the title of a procedure, with or without the act, and nothing else that tells. */
  saysTitle(clause, code) {
    return this.titles.get(code).includes(this.hearing.matter(clause).join(" ")) && !saysAny(clause, this.phrases.vague);
  }

  isAskedBack(clause, searched) {
    const { found } = searched;
    if (found.length === 1 || found[0].score - found[1].score >= FAR_AHEAD) return false;
    const isNamed = this.phrases.siblings.some(({ said }) => this.hearing.names(clause, said));
    const isFamily = this.family(clause, searched.found) !== undefined;
    const seen = ofAskingBack(wordsOf(clause), this.hearing.matter(clause), searched, this.hearing.slotOf(clause), isNamed, isFamily);
    const { ask, answer } = this.learned.points(seen);
    return ask - answer >= (this.saysTitle(clause, found[0].code) ? TITLE_SAID : ASKED_BACK);
  }

  askedBack(clause, found) {
    const family = this.family(clause, found) ?? this.namedFamily(clause, found);
    if (family) return this.ofFamily(family, clause, found);
    return { codes: found.slice(0, MOST_SIBLINGS).map(({ code }) => code), isAskedBack: true };
  }

  /** Which of a family is meant is asked; where what was said leaves one or two of several, the likelier is answered. */
  ofFamily(family, clause, found) {
    const at = ({ code }) => (found.findIndex((one) => one.code === code) + found.length + 1) % (found.length + 1);
    const members = family.among.filter(({ code }) => this.named.has(code)).sort((a, b) => at(a) - at(b));
    const left = members.filter((one) => !saysAny(clause, one.not_with ?? []));
    const codesOf = (some) => some.map(({ code }) => code);
    if (left.length === members.length || left.length === 0 || left.length >= SEVERAL) return { codes: codesOf(left.length ? left : members), isAskedBack: true, family };
    return { codes: codesOf([...left, ...members.filter((one) => !left.includes(one))]).slice(0, SHOWN), isNear: left.length > 1 };
  }

  apart(code, language, family) {
    const among = (family ? [family] : this.phrases.siblings).flatMap((each) => each.among);
    return among.find((one) => one.code === code)?.apart[language] ?? "";
  }

  /** The family that a question names without telling its members apart. */
  family(clause, found) {
    return this.phrases.siblings.find((family) => {
      if (!this.hearing.names(clause, family.said) || saysAny(clause, family.elsewhere ?? [])) return false;
      const rest = this.hearing.unasked(clause, this.phrases.vague);
      const names = family.said.filter((name) => saysAny(rest, [name])).map((name) => ` ${name} `);
      const isWithin = (tell) => names.some((name) => name !== ` ${tell} ` && name.includes(` ${tell} `));
      if (family.among.some((one) => saysAny(rest, one.tells.filter((tell) => !isWithin(tell))))) return false;
      const matter = this.hearing.matter(clause, family.said);
      return matter.length === 0 || (isAbout(family, found) && !this.tells(family, matter, clause));
    });
  }

  /** The family that a question names and that the first one found is of. */
  namedFamily(clause, found) {
    return found.length > 0 ? this.phrases.siblings.find((family) => this.hearing.names(clause, family.said) && isAbout(family, found)) : undefined;
  }

  /** Whether words stand in the names of one of a family clearly more than in any other's; a vague question tells nothing. */
  tells(family, matter, clause) {
    const names = family.among.map((one) => this.named.get(one.code)).filter(Boolean);
    const said = [...matter, ...pairs(matter).flatMap((pair) => [pair, pair])];
    const held = names.map((named) => said.filter((term) => named.has(term)).length).sort((a, b) => b - a);
    return held.length > 0 && held[0] - (held[1] ?? 0) >= CLEARLY && !saysAny(clause, this.phrases.vague);
  }
}

/** Answers from cards; what there is to remember goes out with a reply and comes in with the next. */
export class Assistant {
  constructor({ cards, index, phrases, learned, vneid = { problems: [] }, judge = () => null, isStale = () => false }) {
    this.cards = new Map(cards.map((card) => [card.code, card]));
    this.vneid = vneid;
    this.isStale = isStale;
    this.index = index;
    this.phrases = phrases;
    this.judge = judge;
    this.hearing = new Hearing(index, phrases, learned);
    this.chooser = new Chooser(phrases, this.hearing, cards, learned);
    const { ordinals, last, back, correct } = phrases.moves;
    this.moves = [...ordinals.flat(), ...last, ...back, ...correct];
  }

  /** Reply to a message; what to remember comes back as `pinned`. */
  turn(text, pinned = NOTHING, language = "vi") {
    const speaker = new Speaker(this, language);
    const known = this.known(pinned);
    const verdict = this.judge(text);
    const limited = (one) => ({ ...one, kind: verdict.kind, rule: verdict.rule, say: verdict.say[language], go: verdict.go[language] });
    if (verdict?.stops) return { parts: [limited(part("", ""))], pinned: known, language, notes: [] };
    const [parts, kept] = this.parts(text, known, speaker);
    if (verdict) parts[0] = limited(parts[0]);
    return { parts, pinned: kept, language, notes: [] };
  }

  known({ code, slot, offered, before }) {
    const held = (one) => (this.cards.has(one) ? one : "");
    return { code: held(code), slot, offered: offered.filter(held), before: held(before) };
  }

  parts(text, pinned, speaker) {
    const clause = this.hearing.clause(text);
    if (pinned.offered.includes(text)) {
      const tapped = speaker.part({ codes: [text] }, pinned.slot, clause);
      return [[tapped], remembered(pinned, tapped)];
    }
    if (clause.readings.every((reading) => !/[^ .]/.test(reading))) return [[speaker.handedOver("empty")], pinned];
    if (saysAny(clause, this.phrases.moves.none)) return [[speaker.handedOver("none")], { ...NOTHING, before: pinned.code || pinned.before }];
    const moved = this.hearing.matter(clause, this.moves).length === 0 && this.moved(clause, pinned, speaker);
    if (moved) return [[moved], remembered(pinned, moved)];
    let kept = pinned;
    const parts = this.meant(clause, pinned).map((meant) => {
      const told = this.told(meant, speaker);
      kept = remembered(kept, told);
      return told;
    });
    return [parts, kept];
  }

  moved(clause, pinned, speaker) {
    const slot = this.hearing.slotOf(clause)[0] ?? pinned.slot;
    const { back, correct } = this.phrases.moves;
    let code = this.chosen(clause, pinned);
    if (code === null && saysAny(clause, back)) {
      if (!pinned.before) return speaker.handedOver("nothing_before");
      code = pinned.before;
    }
    if (code === null && saysAny(clause, correct)) code = pinned.offered.find((one) => one !== pinned.code) ?? "";
    if (code === null) return null;
    return code ? speaker.part({ codes: [code] }, slot, clause) : speaker.handedOver("not_offered");
  }

  /** Which of the offered is pointed at: "" when there is none at that place, null when none is. */
  chosen(clause, { offered }) {
    const { last, ordinals } = this.phrases.moves;
    if (saysAny(clause, last)) return offered.at(-1) ?? "";
    const at = ordinals.findIndex((names) => saysAny(clause, names));
    return at < 0 ? null : (offered[at] ?? "");
  }

  meant(clause, pinned) {
    const asked = this.hearing.questions(clause);
    if (asked.length === 1) return [this.one(asked[0], clause, pinned)];
    // What only asks ("hết bao nhiêu tiền") names nothing, whatever is called by such words.
    const names = ({ text }) => this.hearing.matter(this.hearing.clause(text)).length > 0;
    const tops = asked.map((one) => (names(one) ? this.search(one.text) : { found: [], elsewhere: 0 })).map((one) => (isWeak(one) ? "" : one.found[0].code));
    if (tops.every(Boolean) && tops[0] !== tops[1]) return asked.map((one) => this.one(one, this.hearing.clause(one.text), pinned));
    const whole = this.one({ text: clause.text, slot: asked[1].slot }, clause, pinned);
    return asked[0].slot === asked[1].slot ? [whole] : asked.map(({ slot }) => ({ clause: whole.clause, slot, choice: whole.choice }));
  }

  one(asked, clause, pinned) {
    const searched = this.search(asked.text);
    const { found } = searched;
    const police = this.onlyPolice(clause, found);
    if (police) return { clause, slot: asked.slot, choice: police, isPolice: true };
    if (pinned.code && saysAny(clause, this.phrases.moves.correct)) {
      const others = found.filter(({ code }) => code !== pinned.code);
      return { clause, slot: asked.slot ?? pinned.slot, choice: this.chooser.choose(clause, { ...searched, found: others }) };
    }
    const settled = !pinned.code && pinned.offered.length > 0 ? this.settled(clause, found, pinned) : "";
    if (settled) return { clause, slot: asked.slot ?? pinned.slot, choice: { codes: [settled] } };
    const choice = this.chooser.choose(clause, searched);
    return pinned.code ? this.under(pinned, clause, asked, searched, choice) : { clause, slot: asked.slot, choice };
  }

  /** What a question means under a topic, which settles what the question leaves open. */
  under(pinned, clause, asked, searched, choice) {
    const follows = asked.slot || !choice.isAskedBack;
    const namesNothing = follows && this.hearing.matter(clause, this.phrases.follow).length === 0;
    const isLeftOpen = choice.isAskedBack && choice.codes.includes(pinned.code);
    const weak = isWeak(searched);
    if (namesNothing || isLeftOpen || (weak && asked.slot)) return { clause, slot: asked.slot ?? pinned.slot, choice: { codes: [pinned.code] } };
    const asksNoField = this.hearing.slotOf(clause)[0] === null;
    return weak || (asksNoField && choice.codes[0] === pinned.code) ? { clause, slot: null, choice, inside: pinned.code } : { clause, slot: asked.slot, choice };
  }

  search(text) {
    return this.index.weigh(this.hearing.searched(text), SEARCHED);
  }

  settled(clause, found, { offered }) {
    if (found.length > 0 && !offered.includes(found[0].code) && this.chooser.saysTitle(clause, found[0].code)) return "";
    const among = this.phrases.siblings.flatMap((family) => family.among);
    const told = new Set(among.filter((one) => offered.includes(one.code) && saysAny(clause, one.tells)).map((one) => one.code));
    if (told.size === 1) return [...told][0];
    return found.length > 0 && offered.includes(found[0].code) && this.hearing.slotOf(clause)[0] === null ? found[0].code : "";
  }

  /** The procedure that words of the police's work mean, whatever else was found. */
  onlyPolice(clause, found) {
    const meant = this.phrases.police.find((one) => one.said && this.cards.has(one.code) && one.said.every((line) => saysAny(clause, line)));
    return meant ? { codes: [meant.code, ...found.map(({ code }) => code).filter((code) => code !== meant.code).slice(0, SHOWN - 1)] } : null;
  }

  told({ clause, slot, choice, inside, isPolice }, speaker) {
    const trouble = isPolice ? null : this.phrases.problems.find((one) => one.said.every((line) => saysAny(clause, line)));
    if (trouble && slot && FACTS.includes(slot)) return speaker.part({ codes: trouble.codes.filter((code) => this.cards.has(code)) }, slot, clause);
    const wayOut = trouble && speaker.wayOut(trouble, slot);
    if (wayOut) return wayOut;
    if (inside) {
      const told = speaker.inside(inside, this.hearing.matter(clause, this.phrases.follow));
      if (told) return told;
      if (choice.codes.length === 0) return speaker.handedOver("not_inside", inside);
    }
    return speaker.part(choice, slot, clause);
  }
}

function remembered(pinned, { kind, slot, candidates }) {
  const offered = candidates.map((one) => one.code);
  if (kind === "outside" || kind === "refuse" || offered.length === 0) return pinned;
  if (kind === "ask_back") return { code: "", slot, offered, before: pinned.code || pinned.before };
  const [code] = offered;
  const before = pinned.code && pinned.code !== code ? pinned.code : pinned.before;
  return { code, slot, offered: offered.length === 1 && pinned.offered.includes(code) ? pinned.offered : offered, before };
}
