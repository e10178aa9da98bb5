// @ts-check
/** What these screens tell the server at each sync: the badge's key, and which warnings were read. */

import * as key from "./key.js";
import * as readings from "./readings.js";

/** Throws Unreachable. @param {string} token */
export async function exchange(token) {
  await key.register(token);
  await readings.handIn(token);
}
