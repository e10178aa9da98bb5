/** Parts of a reply as the server's aoxanh.assistant.dialogue.answers and .parts put them together: one field a sentence, word for word. */

import { fold } from "../../retrieval.js";
import { saysAny, words } from "./slots.js";

const PORTAL = "https://dichvucong.gov.vn/dich-vu-cong-truc-tuyen/";
const CODE = /^[0-9]\.[0-9]{6}$/;
const MOST_INSIDE = 3;

export class Speaker {
  constructor(assistant, language) {
    this.assistant = assistant;
    this.language = language;
    this.phrases = assistant.phrases;
    this.titles = this.phrases.texts.titles[language];
  }

  part(choice, slot, clause) {
    if (choice.codes.length === 0) return this.handedOver("outside");
    const family = choice.family ?? null;
    if (choice.isAskedBack) {
      return part("ask_back", this.say("ask_back"), { slot, candidates: this.named(choice.codes, family), go: family?.also?.[this.language] ?? "" });
    }
    const card = this.assistant.cards.get(choice.codes[0]);
    const [kind, name] = this.bearing(card, choice, slot, clause);
    const sentences = name === "province" ? this.ofSlot(card, "place") : this.ofSlot(card, slot);
    const go = kind === "province" || kind === "police" ? this.go(kind) : "";
    return part(kind, this.say(name, card.name[this.language]), { slot, sentences, candidates: this.named(choice.codes), go });
  }

  inside(code, matter) {
    const card = this.assistant.cards.get(code);
    const asked = [...new Set(matter)];
    const found = this.everything(card)
      .map((sentence, order) => {
        const held = new Set(words(sentence.text));
        return { sentence, order, said: asked.filter((word) => held.has(word)).length };
      })
      .filter(({ said }) => said && 2 * said >= asked.length)
      .sort((a, b) => b.said - a.said || a.order - b.order);
    if (found.length === 0) return null;
    const sentences = found.slice(0, MOST_INSIDE).map(({ sentence }) => sentence);
    return part("answer", this.say("inside", card.name[this.language]), { sentences, candidates: this.named([code]) });
  }

  wayOut(trouble, slot) {
    const guide = this.assistant.vneid;
    const problem = guide.problems.find((one) => one.id === trouble.id);
    if (!problem) return null;
    const title = problem.name[this.language];
    const told = (template, field, text) => ({
      text: this.titles[template].replace("{text}", () => text[this.language]),
      source: { code: "vneid", title, field: `problems.${problem.id}.${field}`, valid_from: `${guide.as_of}-01`, confidence: problem.confidence, link: "", is_stale: false },
      is_certain: true,
      quote: "",
    });
    const sentences = problem.fix.map((step, at) => told(step.who, `fix.${at}`, step));
    if (problem.escalate) sentences.push(told("note", "escalate", problem.escalate));
    const candidates = this.named(trouble.codes.filter((code) => this.assistant.cards.has(code)));
    const say = this.say(trouble.police ? "problem_police" : "problem", title);
    return part(trouble.police ? "police" : "answer", say, { slot, sentences, candidates, go: this.go("police") });
  }

  handedOver(why, code = "") {
    const title = code ? this.assistant.cards.get(code).name[this.language] : "";
    return part("outside", this.say(why, title), { candidates: code ? this.named([code]) : [], go: this.go("outside") });
  }

  named(codes, family = null) {
    return codes.map((code) => ({ code, title: this.assistant.cards.get(code).name[this.language], apart: this.assistant.chooser.apart(code, this.language, family) }));
  }

  say(name, title = "") {
    return this.phrases.texts.say[this.language][name].replace("{title}", () => title);
  }

  go(name) {
    return this.phrases.texts.go[this.language][name];
  }

  bearing(card, choice, slot, clause) {
    const { province_before: before, provinces, police } = this.phrases;
    const namesProvince = () => saysAny(clause, before.flatMap((kind) => provinces.map((name) => `${kind} ${name}`)));
    if (card.asks_province && !namesProvince()) return ["province", "province"];
    if (slot === "fee" && card.fee.certainty === "council" && this.isDue(card, clause)) return ["province", "province_fee"];
    const isTheirs = (one) => one.code === card.code && one.slots.includes(slot ?? "") && (one.said ?? []).every((line) => saysAny(clause, line));
    if (police.some(isTheirs)) return ["police", "police"];
    return choice.isNear ? ["choose", "choose"] : ["answer", "answer"];
  }

  /** A fee set by the province may fall due only when one is late. */
  isDue(card, clause) {
    return !fold(card.fee.vi).includes(this.phrases.in_time_free) || saysAny(clause, this.phrases.late);
  }

  /** What a card says on a slot; on none, what comes of it, the papers, where and how long. */
  ofSlot(card, slot) {
    const told = (template, field, text, isCertain = true) => this.told(card, template, field, text[this.language], isCertain);
    const { receive, decide } = card.bodies;
    const lines = (field, template) => card[field].map((line, at) => told(template(line), `${field}.${at}`, line));
    switch (slot) {
      case "fee": {
        const { certainty } = card.fee;
        const template = certainty === "council" ? "fee_council" : certainty === "unverified" ? "fee_unsure" : "fee";
        return [told(template, "fee", card.fee, certainty === "free" || certainty === "fixed")];
      }
      case "time":
        return [told("time", "time", card.time)];
      case "place":
        return [told("receive", "bodies.receive", receive), told("decide", "bodies.decide", decide)];
      case "who":
        return [told("decide", "bodies.decide", decide)];
      case "legal":
        return [this.told(card, "legal", "legal", card.legal.join("; "))];
      case "online": {
        const names = this.phrases.texts.channels[this.language];
        const channels = card.channels.map((channel) => names[channel]).join(", ");
        return [this.told(card, `online_${card.online_level}`, "online_level", ""), this.told(card, "channels", "channels", channels)];
      }
      case "papers":
        return lines("papers", () => "paper");
      case "steps":
        return lines("steps", ({ who }) => who);
      case "notes":
        return lines("notes", () => "note");
      default:
        return [told("result", "result", card.result), ...this.ofSlot(card, "papers"), told("receive", "bodies.receive", receive), ...this.ofSlot(card, "time")];
    }
  }

  everything(card) {
    return ["papers", "notes", "steps", "place", "time"].flatMap((slot) => this.ofSlot(card, slot));
  }

  told(card, template, field, text, isCertain = true) {
    const { code, name, valid_from, confidence } = card;
    const source = { code, title: name[this.language], field, valid_from, confidence, link: CODE.test(code) ? PORTAL + code : "", is_stale: this.assistant.isStale(code) };
    return { text: this.titles[template].replace("{text}", () => text), source, is_certain: isCertain, quote: "" };
  }
}

export function part(kind, say, more = {}) {
  return { kind, say, slot: null, sentences: [], candidates: [], rule: "", go: "", ...more };
}
