// @ts-check
/** Building pages from plain nodes: text is always text, so nothing that was typed or fetched can become markup. */

/** @typedef {Node | string | number | null | undefined | false} Child */

/**
 * @param {string} tag @param {Record<string, any>} [attributes] `on…` are listeners, `class` may hold false parts
 * @param {...(Child | Child[])} children @returns {any} the element
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) apply(element, name, value);
  append(element, children);
  return element;
}

/** Replaces everything in an element. @param {Element} element @param {...(Child | Child[])} children */
export function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** @param {Element} element @param {(Child | Child[])[]} children */
function append(element, children) {
  for (const child of children.flat()) {
    if ((child ?? false) === false) continue;
    element.append(child instanceof Node ? child : String(child));
  }
}

/** @param {any} element @param {string} name @param {any} value */
function apply(element, name, value) {
  if ((value ?? false) === false) return;
  if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else if (name === "class") element.className = Array.isArray(value) ? value.filter(Boolean).join(" ") : value;
  else if (name === "value" || name === "checked") element[name] = value;
  else element.setAttribute(name, value === true ? "" : value);
}
