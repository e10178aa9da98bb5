// @ts-check
/** Line icons, drawn on a 24 by 24 grid; always beside a word, so screen readers skip them. */

const SVG = "http://www.w3.org/2000/svg";

/** @type {Record<string, string>} */
const PATHS = {
  home: "M4 11 12 4l8 7M6 10v10h4v-6h4v6h4V10",
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zM15.5 15.5 20 20",
  list: "M9 6h11M9 12h11M9 18h11M4 6h1M4 12h1M4 18h1",
  gear: "M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4",
  back: "M14 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  check: "M5 12.5l5 5L19 7",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4l3 2",
  warn: "M12 4 21 20H3zM12 10v4M12 17v.5",
  hand: "M7 11V6a1.5 1.5 0 0 1 3 0v5-6.5a1.5 1.5 0 0 1 3 0V11 6a1.5 1.5 0 0 1 3 0v8a6 6 0 0 1-6 6c-3 0-4-2-6-6l-1-2a1.5 1.5 0 0 1 3-1z",
  person: "M12 4a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM5 20c0-4 3-6 7-6s7 2 7 6",
  phone: "M8 3h8a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1H8a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11 18h2",
  files: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  id: "M3 6h18v12H3zM8 10a1.6 1.6 0 1 1 0 3.2A1.6 1.6 0 0 1 8 10zM5.5 16c.4-1.3 1.300-2 2.500-2s2.100.7 2.500 2M14 10h4M14 14h4",
  horn: "M4 10v4h3l8 4V6L7 10zM18 9.500c1 .8 1 4.200 0 5M8 14v5h3",
  book: "M12 6c-2-1.500-5-2-8-2v14c3 0 6 .5 8 2 2-1.500 5-2 8-2V4c-3 0-6 .5-8 2zM12 6v14",
  send: "M4 12 20 4l-5 16-3.500-6.500z",
  away: "M3 3l18 18M5 12a10 10 0 0 1 4-2.600M2 8.500A15 15 0 0 1 7 6M12 5c4 0 7 1.300 10 3.500M15 10c1.500.4 2.800 1 4 2M8.500 15.500A5 5 0 0 1 12 14M12 19v.5",
  place: "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11zM12 8a2 2 0 1 1 0 4 2 2 0 0 1 0-4z",
  link: "M13 5h6v6M19 5l-9 9M10 6H5v13h13v-5",
  shirt: "M8 4 3 7l2 5 2-1v9h10v-9l2 1 2-5-5-3c-1 2-2.500 3-4 3s-3-1-4-3z",
};

/** @param {string} name @returns {SVGElement} */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  for (const [key, value] of Object.entries({ viewBox: "0 0 24 24", class: "icon", "aria-hidden": "true", focusable: "false" })) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
