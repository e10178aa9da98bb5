// Copying and printing a draft as it was changed; without this the text can be marked by hand, and prints as it was made.
const text = document.getElementById("draft-text");
const printed = document.getElementById("draft-printed");
const said = document.getElementById("draft-said");

document.getElementById("draft-actions").hidden = false;

async function copy() {
  try {
    await navigator.clipboard.writeText(text.value);
    said.textContent = said.dataset.said;
  } catch {
    text.select();
    said.textContent = said.dataset.failed;
  }
}

document.getElementById("draft-copy").addEventListener("click", copy);
document.getElementById("draft-print").addEventListener("click", () => window.print());
window.addEventListener("beforeprint", () => {
  printed.textContent = text.value;
});
