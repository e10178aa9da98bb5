// @ts-check
/** A module to read: where somebody stopped is where it opens again, on this phone or another. */

import { h } from "../../dom.js";
import { icon } from "../../icons.js";
import { button, card, notice } from "../../parts.js";
import { inLanguage, t } from "../../words.js";
import * as kept from "./kept.js";

/** @param {any} course @param {any} module @returns {Promise<import("../../shell.js").Screen>} */
export async function show(course, module) {
  const read = (await kept.reads()).get(`${course.code}/${module.id}`);
  const parts = [...module.sections.map(section), limits(module), practice(module)];
  const resumed = read && !read.read_at && read.part > 0 ? Math.min(read.part, parts.length - 1) : 0;
  const note = (/** @type {number} */ part, done = false) => {
    const now = Date.now();
    return kept.noteRead({ course: course.code, module: module.id, part, seen_at: now, read_at: done ? now : null, version: done ? module.version : "" });
  };
  watch(parts, read?.part ?? -1, note);
  const finish = async () => {
    await note(parts.length - 1, true);
    const next = course.modules[course.modules.indexOf(module) + 1];
    location.hash = `#/learn/${course.code}${next ? `/read/${next.id}` : ""}`;
  };
  if (resumed > 0) requestAnimationFrame(() => requestAnimationFrame(() => parts[resumed].scrollIntoView({ block: "start" })));
  return {
    title: inLanguage(course.title),
    back: `#/learn/${course.code}`,
    tabs: false,
    body: [
      h("h1", { tabindex: "-1" }, inLanguage(module.title)),
      resumed > 0 && notice("info", t("learn.resumed")),
      card(t("learn.goals"), points(module.goals)),
      ...parts,
      links(module),
      sources(module),
    ],
    action: [button(t("learn.done"), finish, { class: "primary", sign: "check", id: "done" })],
  };
}

/** Notes each part that comes into view and lies further than any before. @param {Element[]} parts @param {number} furthest @param {(part: number) => Promise<void>} note */
function watch(parts, furthest, note) {
  const observer = new IntersectionObserver((entries) => {
    const seen = entries.filter((entry) => entry.isIntersecting).map((entry) => parts.indexOf(entry.target));
    const part = Math.max(-1, ...seen);
    if (part <= furthest) return;
    furthest = part;
    void note(part);
  });
  for (const part of parts) observer.observe(part);
}

/** @param {any} part */
function section(part) {
  return card(inLanguage(part.title), paragraphs(part.text), pictures(part.pictures), points(part.points), paragraphs(part.closing));
}

/** @param {any} module */
function limits(module) {
  const group = (/** @type {string} */ name, /** @type {string} */ style) => module[name]?.length > 0 && h("section", { class: `card ${style}` }, h("h2", {}, name === "never" && icon("hand"), t(`learn.${name}`)), points(module[name]));
  return h("div", {}, group("may", ""), group("others", ""), group("never", "never"));
}

/** @param {any} module */
function practice(module) {
  const { task, steps, done } = module.practice;
  const list = h("ol", { class: "bullets" }, steps.map((/** @type {any} */ step) => h("li", {}, inLanguage(step))));
  return card(t("learn.practice"), h("p", {}, inLanguage(task)), list, h("h3", {}, t("learn.practice_done")), points(done));
}

/** Pages and films lie elsewhere, so each says where it leads. @param {any} module */
function links(module) {
  if (!module.links?.length) return null;
  const row = (/** @type {any} */ link) => {
    const place = new URL(link.url, location.origin).host;
    return h("li", {}, h("a", { class: "outside", href: link.url, target: "_blank", rel: "noopener noreferrer" }, inLanguage(link), icon("link")), h("div", { class: "muted small" }, t(link.video ? "learn.video" : "learn.link", { place })));
  };
  return card(t("learn.links"), h("ul", { class: "bullets" }, module.links.map(row)));
}

/** @param {any} module */
function sources(module) {
  const row = (/** @type {any} */ source) => h("li", {}, inLanguage(source), " ", h("span", { class: "muted" }, t("learn.as_of", { month: source.month })));
  return h("details", { class: "card" }, h("summary", {}, t("learn.sources")), h("ul", { class: "bullets" }, module.sources.map(row)), h("p", { class: "muted small" }, t("learn.version", { version: module.version.slice(0, 8) })));
}

/** @param {any[] | undefined} texts */
function paragraphs(texts) {
  return (texts ?? []).map((text) => h("p", {}, inLanguage(text)));
}

/** Drawings come with the course; as pictures, nothing in them can run. @param {any[] | undefined} drawn */
function pictures(drawn) {
  const one = (/** @type {any} */ picture) => [h("img", { class: "drawn", src: `data:image/svg+xml,${encodeURIComponent(picture.drawing)}`, alt: inLanguage(picture), width: 360 }), h("ol", { class: "bullets" }, (picture.parts ?? []).map((/** @type {any} */ part) => h("li", {}, inLanguage(part))))];
  return (drawn ?? []).flatMap(one);
}

/** @param {any[] | undefined} texts */
function points(texts) {
  return texts?.length ? h("ul", { class: "bullets" }, texts.map((text) => h("li", {}, inLanguage(text)))) : [];
}
