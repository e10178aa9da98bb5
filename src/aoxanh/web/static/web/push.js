// The part of the inbox page that lets a browser tell of what waits. The browser is asked for leave only when somebody presses the button.
const section = document.querySelector("#push");
const form = section.querySelector("form.turn-on");
const can = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
const { worker, key, here } = section.dataset;

function show(name) {
  for (const part of section.querySelectorAll("[data-when]")) part.hidden = part.dataset.when !== name;
}

function bytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function isSame(buffer, other) {
  const held = new Uint8Array(buffer ?? []);
  return held.length === other.length && held.every((value, at) => value === other[at]);
}

async function held() {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  return (await registration?.pushManager.getSubscription()) ?? null;
}

async function subscribed() {
  await navigator.serviceWorker.register(worker, { updateViaCache: "none" });
  const { pushManager } = await active();
  const wanted = bytes(key);
  const old = await pushManager.getSubscription();
  // What was agreed for another key of the site cannot be renewed, only given up.
  if (old && isSame(old.options.applicationServerKey, wanted)) return old;
  await old?.unsubscribe();
  return pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
}

async function active() {
  const registration = await navigator.serviceWorker.getRegistration(worker);
  const coming = registration.installing ?? registration.waiting;
  if (registration.active || !coming) return registration;
  await new Promise((done) => {
    coming.addEventListener("statechange", () => coming.state === "activated" && done());
  });
  return registration;
}

async function turnOn() {
  if ((await Notification.requestPermission()) !== "granted") return show("denied");
  const { endpoint, keys } = (await subscribed()).toJSON();
  Object.assign(form.elements.endpoint, { value: endpoint });
  Object.assign(form.elements.p256dh, { value: keys.p256dh });
  Object.assign(form.elements.auth, { value: keys.auth });
  return form.submit();
}

function listen() {
  navigator.serviceWorker.addEventListener("message", (event) => {
    if (event.data === "something waits") document.querySelector("#push-news").hidden = false;
  });
}

async function start() {
  if (!can) return show("unable");
  listen();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const button = form.querySelector("button");
    button.disabled = true;
    turnOn()
      .catch((error) => {
        console.warn(error);
        show("failed");
      })
      .finally(() => {
        button.disabled = false;
      });
  });
  for (const other of section.querySelectorAll("form.turn-off[data-here]")) {
    other.addEventListener("submit", (event) => {
      event.preventDefault();
      const give = async () => (await held())?.unsubscribe();
      give()
        .catch((error) => console.warn(error))
        .finally(() => other.submit());
    });
  }
  if (Notification.permission === "denied") return show("denied");
  // The server may believe in what the browser has given up by now.
  return show(here && (await held()) ? "on" : "off");
}

start().catch((error) => console.warn(error));
