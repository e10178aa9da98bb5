/** What is seen in a question when examples decide: the server's aoxanh.assistant.dialogue.features, feature for feature. */

const [HEARD, AT_THE_END] = [2, 4];
const LONG = [3, 4, 5, 6, 7, 8, 10, 12, 15, 20];
const TELLING = [0, 1, 2, 3, 4, 5, 6, 8, 10];
const AHEAD = [-10, 0, 2, 5, 10, 15, 20, 30, 40, 60, 80];

export const apart = (words, by, sign) => words.slice(by).map((word, at) => words[at] + sign + word);
export const counted = (names, much = 1) => new Map(names.map((name) => [name, much]));
const levels = (name, value, steps) => steps.filter((step) => value > step).map((step) => `${name}>${step}`);
const phrase = ([slot, isStrong]) => `=${slot ?? "none"}${isStrong ? "!" : ""}`;

function withNeighbours(words) {
  const ended = ["<", ...words, ">"];
  return [...ended, ...apart(ended, 1, " ")];
}

/** What is seen of the field that a question asks for; `slot` is what the phrases make of it. */
export function ofSlot(words, slot) {
  return counted([...withNeighbours(words), ...words.slice(-AT_THE_END).map((word) => `~${word}`), ...apart(words, 2, "_"), phrase(slot)]);
}

/** What is seen of whether a question tells procedures apart. */
export function ofAskingBack(words, matter, { found, elsewhere }, slot, isNamed, isFamily) {
  const [first, second, third] = [...found.map(({ score }) => score), 0, 0, 0];
  const seen = [
    ...levels("long", words.length, LONG),
    ...levels("telling", matter.length, TELLING),
    ...levels("second", first - second, AHEAD),
    ...levels("third", first - third, AHEAD),
    ...levels("elsewhere", first - elsewhere, AHEAD),
    phrase(slot),
    `=named:${Number(isNamed)}`,
    `=family:${Number(isFamily)}`,
    `=first:${found[0]?.code ?? ""}`,
  ];
  return new Map([...counted(withNeighbours(words), HEARD), ...counted(seen)]);
}
