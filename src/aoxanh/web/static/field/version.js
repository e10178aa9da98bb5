// @ts-check
/** The product's version, as the page was delivered with it. */

/** @returns {string} */
export function appVersion() {
  return named("app-version");
}

/** @returns {string} the digest of the shell's files: two phones with the same one run the same app */
export function shellVersion() {
  return named("shell-version");
}

/** @param {string} name */
function named(name) {
  return /** @type {HTMLMetaElement | null} */ (document.querySelector(`meta[name="${name}"]`))?.content ?? "";
}
