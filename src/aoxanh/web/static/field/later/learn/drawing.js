// @ts-check
/** A form from a start number: the very one that the server draws (training/quiz/drawing.py), so that both know what was asked. */

import { blake2b } from "./blake2b.js";

/** @typedef {{id: string, module: string, kind: string, ask: any, options?: any[], lefts?: any[], rights?: any[]}} Item */
/** @typedef {{item: Item, order: number[]}} Asked */

const ENCODER = new TextEncoder();

/** @param {Item[]} items @param {string} seed @param {number} size @returns {Asked[]} modules take turns; questions and options shuffled */
export function draw(items, seed, size) {
  /** @type {Map<string, Item[]>} */
  const byModule = new Map();
  for (const item of items) byModule.set(item.module, [...(byModule.get(item.module) ?? []), item]);
  const shares = shareOut(size, byModule, seed);
  const drawn = [...byModule].flatMap(([module, stock]) => sorted(stock, (item) => key(seed, "draw", item.id)).slice(0, shares.get(module)));
  return sorted(drawn, (item) => key(seed, "order", item.id)).map((item) => ({ item, order: shuffled(item, seed) }));
}

/** @param {number} size @param {Map<string, Item[]>} stock @param {string} seed @returns {Map<string, number>} one each in turn until the form is full */
function shareOut(size, stock, seed) {
  const turns = sorted([...stock.keys()], (module) => key(seed, "module", module));
  const shares = new Map(turns.map((module) => [module, 0]));
  let left = Math.min(size, [...stock.values()].reduce((sum, items) => sum + items.length, 0));
  while (left > 0) {
    for (const module of turns) {
      const share = shares.get(module) ?? 0;
      if (left > 0 && share < (stock.get(module) ?? []).length) {
        shares.set(module, share + 1);
        left -= 1;
      }
    }
  }
  return shares;
}

/** @param {Item} item @param {string} seed */
function shuffled(item, seed) {
  const count = (item.options ?? item.rights ?? []).length;
  return sorted(Array.from({ length: count }, (_, at) => at), (at) => key(seed, "option", item.id, String(at)));
}

/** @template T @param {T[]} things @param {(thing: T) => string} by @returns {T[]} */
function sorted(things, by) {
  const keyed = things.map((thing) => ({ thing, key: by(thing) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : 1)).map(({ thing }) => thing);
}

/** @param {...string} parts each carries its length, so that no two lists of parts run together */
function key(...parts) {
  const told = parts.flatMap((part) => {
    const bytes = ENCODER.encode(part);
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, bytes.length);
    return [...length, ...bytes];
  });
  return blake2b(new Uint8Array(told));
}
