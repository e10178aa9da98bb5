// The board's small helpers: look for newer figures while somebody is looking, and copy the table or the message.

const EVERY_MS = 3000;
const state = document.getElementById("live-state");

document.documentElement.classList.add("js");

/** Ask for newer figures; the server answers with nothing while they are what is shown. */
function look() {
  const board = document.getElementById("board");
  const selection = document.getSelection();
  const isCopying = selection && !selection.isCollapsed && board?.contains(selection.anchorNode);
  if (board && !isCopying && document.visibilityState === "visible") window.htmx?.trigger(board, "refresh");
}

/** The board's elements that can hold the focus, in their order. */
function reachable() {
  return [...document.querySelectorAll("#board a, #board button, #board summary, #board textarea, #board [tabindex]")];
}

/** Say in words whether the page is watching. */
function say(kind) {
  if (!state) return;
  const clock = kind === "watching" ? ` ${new Date().toLocaleTimeString("vi-VN", { hour12: false })}` : "";
  state.textContent = `${state.dataset[kind]}${clock}`;
  state.classList.toggle("lost", kind === "lost");
  state.hidden = false;
}

/** Copy a text field's content, also where the clipboard is closed to pages without HTTPS. */
async function copy(field) {
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    const details = field.closest("details");
    if (details) details.open = true;
    field.select();
    document.execCommand("copy");
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-copy]");
  if (!button) return;
  await copy(document.getElementById(button.dataset.copy));
  const words = button.dataset.words ?? button.textContent;
  button.dataset.words = words;
  button.textContent = button.dataset.done;
  setTimeout(() => { button.textContent = words; }, 2000);
});

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible") look();
  else say("paused");
});
document.addEventListener("htmx:afterRequest", (event) => say(event.detail.successful ? "watching" : "lost"));
document.addEventListener("htmx:beforeSwap", (event) => {
  // Signed out meanwhile: the answer is another page, so go there instead of putting it inside this one.
  if (new URL(event.detail.xhr.responseURL).pathname !== location.pathname) {
    event.detail.shouldSwap = false;
    location.reload();
    return;
  }
  // Figures that arrive must not take away what somebody is reading or has opened.
  const open = [...document.querySelectorAll("#board details")].map((item) => item.open);
  const focused = reachable().indexOf(document.activeElement);
  const across = document.querySelector("#board .scroll")?.scrollLeft ?? 0;
  document.addEventListener("htmx:afterSettle", () => {
    document.querySelectorAll("#board details").forEach((item, index) => { item.open = open[index] ?? false; });
    const table = document.querySelector("#board .scroll");
    if (table) table.scrollLeft = across;
    reachable()[focused]?.focus({ preventScroll: true });
  }, { once: true });
});

// Own days are asked for only when they are wanted.
const period = document.getElementById("period");
if (period) {
  const show = () => document.querySelectorAll(".own-days").forEach((item) => { item.hidden = period.value !== "custom"; });
  period.addEventListener("change", () => {
    show();
    if (period.value !== "custom") period.form.requestSubmit();
  });
  show();
}

setInterval(look, EVERY_MS);
