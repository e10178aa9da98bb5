// The service worker of the inbox page (ICON stands above): shows that something waits, and leads there. It answers no request and keeps nothing.
const PAGE = new URL(self.registration.scope).pathname;
// Shown when a message cannot be read: browsers want something shown for each, and withdraw their leave otherwise.
const PLAIN = { title: "Áo Xanh", body: "Có việc đang chờ bạn. Mở “Việc cần làm” để xem.", tag: "my-tasks" };

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const { title, body, tag } = read(event.data);
  event.waitUntil(
    Promise.all([
      self.registration.showNotification(title, { body, tag, renotify: true, icon: ICON }),
      tellPages(),
    ]),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(openInbox());
});

function read(data) {
  try {
    const told = data.json();
    const text = (name) => (typeof told[name] === "string" && told[name] ? told[name] : PLAIN[name]);
    return { title: text("title"), body: text("body"), tag: text("tag") };
  } catch {
    return PLAIN;
  }
}

async function openInbox() {
  const open = (await pages()).find((page) => new URL(page.url).pathname === PAGE);
  return open ? open.focus() : self.clients.openWindow(PAGE);
}

// A page that is open says that there is something new; it never reloads under somebody's hands.
async function tellPages() {
  for (const page of await pages()) page.postMessage("something waits");
}

function pages() {
  return self.clients.matchAll({ type: "window", includeUncontrolled: true });
}
