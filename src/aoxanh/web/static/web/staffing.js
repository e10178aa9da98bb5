// Ticks every commune of a plan at once; without this script they are ticked one by one.
document.documentElement.classList.add("js");
for (const button of document.querySelectorAll("[data-tick]")) {
  button.addEventListener("click", () => {
    const boxes = [...document.querySelectorAll(`input[name="${button.dataset.tick}"]:not(:disabled)`)];
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  });
}
