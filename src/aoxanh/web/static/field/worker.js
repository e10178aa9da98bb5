// The service worker: keeps the shell of one version (VERSION and SHELL stand above) so that the app starts without a network.
const CACHE = `shell-${VERSION}`;
const [PAGE] = SHELL;
const HASHED = /\.[0-9a-f]{12}\.\w+$/;

self.addEventListener("install", (event) => {
  // All or nothing: a version that did not arrive whole is not installed, and the one before goes on working.
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(SHELL.map(fresh))));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(dropOlder().then(() => self.clients.claim()));
});

self.addEventListener("message", (event) => {
  // Only the person's tap on "update" gets here: a page with half a form must not change under their hands.
  if (event.data === "update") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  if (address.pathname === PAGE) event.respondWith(kept(PAGE, request));
  else if (SHELL.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
});

// A hashed name never changes its content, so what the page has fetched already need not travel twice.
function fresh(address) {
  return new Request(address, { cache: HASHED.test(address) ? "default" : "reload" });
}

async function kept(address, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(address)) ?? fetch(request);
}

async function dropOlder() {
  for (const name of await caches.keys()) if (name.startsWith("shell-") && name !== CACHE) await caches.delete(name);
}
