// @ts-check
/** A new version of the app: fetched whole in the background, used only when the person says so. */

import { tell } from "./changes.js";

/** @type {ServiceWorker | null} */
let waiting = null;
let accepted = false;

/** Registers the service worker and watches for the next one. */
export async function watch() {
  if (!("serviceWorker" in navigator)) return;
  navigator.serviceWorker.addEventListener("controllerchange", () => {
    if (accepted) location.reload();
  });
  const registration = await navigator.serviceWorker.register("/field/sw.js", { scope: "/field/", updateViaCache: "none" });
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const next = registration.installing;
    next?.addEventListener("statechange", () => {
      if (next.state === "installed") offer(next);
    });
  });
}

/** @returns {boolean} whether a newer version is ready */
export function isReady() {
  return waiting !== null;
}

/** Switches to the newer version; the page loads anew when it has taken over. */
export function accept() {
  accepted = true;
  waiting?.postMessage("update");
}

/** Lets the service worker keep what a signed-in person needs beyond the shell. */
export async function fetchLater() {
  if (!("serviceWorker" in navigator)) return;
  (await navigator.serviceWorker.ready).active?.postMessage("later");
}

/** @param {ServiceWorker | null} worker */
function offer(worker) {
  // Without a controller this is the very first version: nothing to switch from.
  if (!worker || !navigator.serviceWorker.controller) return;
  waiting = worker;
  tell("state");
}
