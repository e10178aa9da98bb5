// @ts-check
/** QR codes (ISO/IEC 18004) of short texts: bytes, correction level M, versions 1 to 20, the mask that reads best. */

// By version: correction bytes of a block, and how many blocks there are.
const CORRECTION = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const LEVEL_M = 0;
const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;
const PENALTY = { run: 3, square: 3, finder: 40, balance: 10 };

/** @type {((x: number, y: number) => boolean)[]} */
const MASKS = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** @typedef {{size: number, dark: Uint8Array, fixed: Uint8Array}} Grid dark and fixed by y * size + x */

/**
 * @param {string} text @param {number} [mask] of 0 to 7, the best one when it is not given
 * @returns {boolean[][]} rows of modules, true for dark, without the quiet zone. Throws RangeError for more than 666 bytes.
 */
export function matrix(text, mask) {
  const bytes = new TextEncoder().encode(text);
  const version = versionFor(bytes.length);
  const grid = frame(version);
  place(grid, interleaved(codewords(bytes, version), version));
  const masks = mask === undefined ? MASKS.map((_, index) => index) : [mask];
  const tried = masks.map((index) => masked(grid, index));
  const best = tried.reduce((one, other) => (penalty(other) < penalty(one) ? other : one));
  return Array.from({ length: best.size }, (_, y) => Array.from({ length: best.size }, (__, x) => best.dark[y * best.size + x] === 1));
}

/** @param {string} text @param {string} label what it says aloud @returns {SVGElement} the code with its quiet zone */
export function picture(text, label) {
  const rows = matrix(text);
  const size = rows.length + 2 * QUIET;
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { viewBox: `${-QUIET} ${-QUIET} ${size} ${size}`, role: "img", "aria-label": label, "data-address": text, "shape-rendering": "crispEdges" };
  for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value);
  const shape = document.createElementNS(SVG, "path");
  shape.setAttribute("d", rows.map((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : "")).join("")).join(""));
  svg.append(shape);
  return svg;
}

/** @param {number} version */
function capacity(version) {
  let modules = (16 * version + 128) * version + 64;
  if (version >= 2) {
    const marks = Math.floor(version / 7) + 2;
    modules -= (25 * marks - 10) * marks - 55;
    if (version >= 7) modules -= 36;
  }
  return Math.floor(modules / 8);
}

/** @param {number} version */
function room(version) {
  return capacity(version) - CORRECTION[version - 1] * BLOCKS[version - 1];
}

/** @param {number} length */
function versionFor(length) {
  for (let version = 1; version <= BLOCKS.length; version += 1) if (length + (version < 10 ? 2 : 3) <= room(version)) return version;
  throw new RangeError(`${length} bytes are too many for a badge`);
}

/** @param {Uint8Array} bytes @param {number} version @returns {number[]} mode, length, text, end and filling */
function codewords(bytes, version) {
  const bits = [0, 1, 0, 0];
  const push = (/** @type {number} */ value, /** @type {number} */ width) => {
    for (let bit = width - 1; bit >= 0; bit -= 1) bits.push((value >> bit) & 1);
  };
  push(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => push(byte, 8));
  const most = room(version) * 8;
  push(0, Math.min(4, most - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let filler = 0xec; bits.length < most; filler ^= 0xec ^ 0x11) push(filler, 8);
  return Array.from({ length: bits.length / 8 }, (_, at) => bits.slice(at * 8, at * 8 + 8).reduce((sum, bit) => sum * 2 + bit, 0));
}

/** @param {number[]} data @param {number} version @returns {number[]} data and correction bytes in the order of the code */
function interleaved(data, version) {
  const blocks = BLOCKS[version - 1];
  const degree = CORRECTION[version - 1];
  const short = Math.floor(data.length / blocks);
  const longs = data.length % blocks;
  const generator = generatorOf(degree);
  const parts = [];
  for (let block = 0, at = 0; block < blocks; block += 1) {
    const length = short + (block >= blocks - longs ? 1 : 0);
    const part = data.slice(at, at + length);
    at += length;
    parts.push({ part, correction: remainder(part, generator) });
  }
  const columns = (/** @type {number[][]} */ rows) => Array.from({ length: short + 1 > degree ? short + 1 : degree }, (_, at) => rows.flatMap((row) => row.slice(at, at + 1))).flat();
  return [...columns(parts.map(({ part }) => part)), ...columns(parts.map(({ correction }) => correction))];
}

/** @param {number} one @param {number} other @returns {number} their product in the field of 256 */
function times(one, other) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((other >> bit) & 1) * one;
  }
  return product;
}

/** @param {number} degree */
function generatorOf(degree) {
  const generator = [...Array(degree - 1).fill(0), 1];
  for (let root = 1, step = 0; step < degree; step += 1, root = times(root, 2)) {
    for (let at = 0; at < degree; at += 1) generator[at] = times(generator[at], root) ^ (generator[at + 1] ?? 0);
  }
  return generator;
}

/** @param {number[]} data @param {number[]} generator */
function remainder(data, generator) {
  const rest = generator.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ /** @type {number} */ (rest.shift());
    rest.push(0);
    generator.forEach((coefficient, at) => (rest[at] ^= times(coefficient, factor)));
  }
  return rest;
}

/** @param {number} version @returns {Grid} everything but data and format */
function frame(version) {
  const size = version * 4 + 17;
  const grid = { size, dark: new Uint8Array(size * size), fixed: new Uint8Array(size * size) };
  for (let at = 0; at < size; at += 1) {
    set(grid, 6, at, at % 2 === 0);
    set(grid, at, 6, at % 2 === 0);
  }
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) {
    ring(grid, x, y, 4, (far) => far !== 2 && far !== 4);
  }
  const marks = alignment(version);
  const last = marks.length - 1;
  marks.forEach((x, i) => {
    marks.forEach((y, j) => {
      const corner = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0);
      if (!corner) ring(grid, x, y, 2, (far) => far !== 1);
    });
  });
  writeFormat(grid, 0);
  if (version >= 7) writeVersion(grid, version);
  return grid;
}

/** @param {number} version @returns {number[]} where the small squares stand */
function alignment(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const places = Array.from({ length: count - 1 }, (_, at) => version * 4 + 10 - at * step);
  return [6, ...places.reverse()];
}

/** @param {Grid} grid @param {number} x @param {number} y @param {boolean} dark */
function set(grid, x, y, dark) {
  if (x < 0 || y < 0 || x >= grid.size || y >= grid.size) return;
  grid.dark[y * grid.size + x] = dark ? 1 : 0;
  grid.fixed[y * grid.size + x] = 1;
}

/** @param {Grid} grid @param {number} x @param {number} y @param {number} reach @param {(far: number) => boolean} isDark */
function ring(grid, x, y, reach, isDark) {
  for (let dy = -reach; dy <= reach; dy += 1) for (let dx = -reach; dx <= reach; dx += 1) set(grid, x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
}

/** @param {Grid} grid @param {number} mask */
function writeFormat(grid, mask) {
  const said = (LEVEL_M << 3) | mask;
  let rest = said;
  for (let step = 0; step < 10; step += 1) rest = (rest << 1) ^ ((rest >> 9) * 0x537);
  const bits = ((said << 10) | rest) ^ 0x5412;
  const bit = (/** @type {number} */ at) => ((bits >> at) & 1) === 1;
  for (let at = 0; at <= 5; at += 1) set(grid, 8, at, bit(at));
  set(grid, 8, 7, bit(6));
  set(grid, 8, 8, bit(7));
  set(grid, 7, 8, bit(8));
  for (let at = 9; at < 15; at += 1) set(grid, 14 - at, 8, bit(at));
  for (let at = 0; at < 8; at += 1) set(grid, grid.size - 1 - at, 8, bit(at));
  for (let at = 8; at < 15; at += 1) set(grid, 8, grid.size - 15 + at, bit(at));
  set(grid, 8, grid.size - 8, true);
}

/** @param {Grid} grid @param {number} version */
function writeVersion(grid, version) {
  let rest = version;
  for (let step = 0; step < 12; step += 1) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let at = 0; at < 18; at += 1) {
    const dark = ((bits >> at) & 1) === 1;
    const [far, near] = [grid.size - 11 + (at % 3), Math.floor(at / 3)];
    set(grid, far, near, dark);
    set(grid, near, far, dark);
  }
}

/** Writes the bytes in columns of two, upwards and downwards by turns. @param {Grid} grid @param {number[]} bytes */
function place(grid, bytes) {
  const { size } = grid;
  let at = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upwards = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = upwards ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        if (grid.fixed[y * size + x] || at >= bytes.length * 8) continue;
        grid.dark[y * size + x] = (bytes[at >> 3] >> (7 - (at & 7))) & 1;
        at += 1;
      }
    }
  }
}

/** @param {Grid} grid @param {number} mask @returns {Grid} */
function masked(grid, mask) {
  const made = { ...grid, dark: Uint8Array.from(grid.dark) };
  for (let y = 0; y < grid.size; y += 1) {
    for (let x = 0; x < grid.size; x += 1) {
      const at = y * grid.size + x;
      if (!grid.fixed[at] && MASKS[mask](x, y)) made.dark[at] ^= 1;
    }
  }
  writeFormat(made, mask);
  return made;
}

/** @param {Grid} grid @returns {number} how hard it reads: long runs, squares, what looks like a corner, too much of one colour */
function penalty(grid) {
  const { size, dark } = grid;
  let sum = 0;
  const lines = [];
  for (let at = 0; at < size; at += 1) {
    lines.push(Array.from({ length: size }, (_, x) => dark[at * size + x]).join(""));
    lines.push(Array.from({ length: size }, (_, y) => dark[y * size + at]).join(""));
  }
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) sum += PENALTY.run + run.length - 5;
    sum += (line.match(/(?=10111010000|00001011101)/g) ?? []).length * PENALTY.finder;
  }
  for (let y = 0; y < size - 1; y += 1) {
    for (let x = 0; x < size - 1; x += 1) {
      const at = y * size + x;
      if (dark[at] === dark[at + 1] && dark[at] === dark[at + size] && dark[at] === dark[at + size + 1]) sum += PENALTY.square;
    }
  }
  const share = dark.reduce((count, one) => count + one, 0) / (size * size);
  return sum + Math.floor(Math.abs(share * 20 - 10)) * PENALTY.balance;
}
