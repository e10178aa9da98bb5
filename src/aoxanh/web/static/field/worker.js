// The service worker: keeps the shell of one version (VERSION, SHELL and LATER stand above) so that the app starts without a network.
const CACHE = `shell-${VERSION}`;
const LATER_CACHE = `later-${VERSION}`;
const [PAGE] = SHELL;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  // All or nothing: a version that did not arrive whole is not installed, and the one before goes on working.
  event.waitUntil(install());
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  // Only the person's tap on "update" gets here: a page with half a form must not change under their hands.
  if (event.data === "update") self.skipWaiting();
  // Somebody has signed in: what only they need is fetched now, and again at the next start if that broke off.
  if (event.data === "later") event.waitUntil(keep(LATER_CACHE, LATER).catch((error) => console.warn(error)));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === PAGE) event.respondWith(kept(PAGE, request));
  else if (SHELL.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
  else if (LATER.includes(address.pathname)) event.respondWith(kept(address.pathname, request, LATER_CACHE));
});

async function install() {
  await keep(CACHE, SHELL);
  // A phone that had the rest of the version before must not stand without it after the update.
  if ((await caches.keys()).some((name) => name.startsWith("later-"))) await keep(LATER_CACHE, LATER);
}

// Whatever broke off is finished the next time; addAll itself keeps everything or nothing.
async function keep(name, addresses) {
  const cache = await caches.open(name);
  const held = new Set((await cache.keys()).map((request) => new URL(request.url).pathname));
  await cache.addAll(addresses.filter((address) => !held.has(address)).map(fresh));
}

// A hashed name never changes its content, so what the page has fetched already need not travel twice.
function fresh(address) {
  return new Request(address, { cache: HASHED.test(address) ? "default" : "reload" });
}

async function kept(address, request, name = CACHE) {
  const cache = await caches.open(name);
  return (await cache.match(address)) ?? fetch(request);
}

async function dropOlder() {
  for (const name of await caches.keys()) if (/^(shell|later)-/.test(name) && ![CACHE, LATER_CACHE].includes(name)) await caches.delete(name);
}
