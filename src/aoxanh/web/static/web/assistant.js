// Looks for personal data before a question leaves this machine, by the rules of the phone; without this script the server alone looks.
import { find, isReady, load } from "../field/guard.js";

const form = document.querySelector("form.ask");
const note = document.querySelector("#on-device");
load().catch((error) => console.warn(error));
form.addEventListener("submit", (event) => {
  note.hidden = !isReady() || find(form.elements.text.value).length === 0;
  if (note.hidden) return;
  event.preventDefault();
  form.elements.text.focus();
});
