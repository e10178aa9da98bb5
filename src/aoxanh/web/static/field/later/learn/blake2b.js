// @ts-check
/** BLAKE2b (RFC 7693) without a key: browsers have none, and the server draws quizzes by it. */

const MASK = 0xffffffffffffffffn;
const IV = [0x6a09e667f3bcc908n, 0xbb67ae8584caa73bn, 0x3c6ef372fe94f82bn, 0xa54ff53a5f1d36f1n, 0x510e527fade682d1n, 0x9b05688c2b3e6c1fn, 0x1f83d9abfb41bd6bn, 0x5be0cd19137e2179n];
const SIGMA = ["0123456789abcdef", "ea489fd61c02b753", "b8c052fdae367194", "7931dcbe265a40f8", "905724afe1bc683d", "2c6a0b834d75fe19", "c51fed4a0763928b", "db7ec13950f4862a", "6fe9b308c2d714a5", "a2847615fb9e3cd0"];
const LANES = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"].map(places);
const ORDERS = SIGMA.map(places);
const BLOCK = 128;

/** @param {Uint8Array} data @param {number} [size] bytes of the digest @returns {string} in hex */
export function blake2b(data, size = 16) {
  const state = [...IV];
  state[0] ^= 0x01010000n ^ BigInt(size);
  const blocks = Math.max(1, Math.ceil(data.length / BLOCK));
  const padded = new Uint8Array(blocks * BLOCK);
  padded.set(data);
  const view = new DataView(padded.buffer);
  for (let at = 0; at < blocks; at += 1) {
    const isLast = at === blocks - 1;
    const words = Array.from({ length: 16 }, (_, place) => view.getBigUint64(at * BLOCK + place * 8, true));
    compress(state, words, BigInt(isLast ? data.length : (at + 1) * BLOCK), isLast);
  }
  const out = new DataView(new ArrayBuffer(64));
  state.forEach((word, place) => out.setBigUint64(place * 8, word, true));
  return Array.from(new Uint8Array(out.buffer, 0, size), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {bigint[]} state @param {bigint[]} words @param {bigint} count @param {boolean} isLast */
function compress(state, words, count, isLast) {
  const v = [...state, ...IV];
  v[12] ^= count;
  if (isLast) v[14] ^= MASK;
  for (let round = 0; round < 12; round += 1) {
    const order = ORDERS[round % 10];
    LANES.forEach((lane, at) => mix(v, lane, words[order[2 * at]], words[order[2 * at + 1]]));
  }
  for (let place = 0; place < 8; place += 1) state[place] ^= v[place] ^ v[place + 8];
}

/** @param {bigint[]} v @param {number[]} lane @param {bigint} x @param {bigint} y */
function mix(v, [a, b, c, d], x, y) {
  v[a] = (v[a] + v[b] + x) & MASK;
  v[d] = turned(v[d] ^ v[a], 32n);
  v[c] = (v[c] + v[d]) & MASK;
  v[b] = turned(v[b] ^ v[c], 24n);
  v[a] = (v[a] + v[b] + y) & MASK;
  v[d] = turned(v[d] ^ v[a], 16n);
  v[c] = (v[c] + v[d]) & MASK;
  v[b] = turned(v[b] ^ v[c], 63n);
}

/** @param {bigint} word @param {bigint} by */
function turned(word, by) {
  return (word >> by) | ((word << (64n - by)) & MASK);
}

/** @param {string} digits @returns {number[]} */
function places(digits) {
  return Array.from(digits, (digit) => parseInt(digit, 16));
}
