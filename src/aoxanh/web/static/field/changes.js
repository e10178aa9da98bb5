// @ts-check
/** News between the parts of the app and between its tabs: something changed, draw again. */

const channel = new BroadcastChannel("aoxanh");
/** @type {Set<(what: string) => void>} */
const listeners = new Set();

channel.onmessage = (/** @type {MessageEvent} */ event) => hear(event.data);

/** @param {(what: string) => void} listener */
export function onChange(listener) {
  listeners.add(listener);
}

/** @param {"work" | "state" | "reference" | "learn" | "enrolled" | "erased"} what */
export function tell(what) {
  hear(what);
  channel.postMessage(what);
}

/** @param {string} what */
function hear(what) {
  for (const listener of listeners) listener(what);
}
