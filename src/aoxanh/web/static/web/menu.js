// On a narrow screen the menu goes sideways: bring the entry of the page into sight, with its neighbours on both sides.
for (const here of document.querySelectorAll(".top nav [aria-current]")) {
  const menu = here.closest("nav");
  const [inner, outer] = [here.getBoundingClientRect(), menu.getBoundingClientRect()];
  menu.scrollLeft += inner.left + inner.width / 2 - (outer.left + outer.width / 2);
}
