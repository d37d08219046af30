// @ts-check
// What outlives a reload: comfort settings for this browser, the exact place for this tab.

/** @param {Storage} storage @param {string} key */
export function stored(storage, key) {
  try { return JSON.parse(storage.getItem(key) ?? "null"); } catch { return null; }
}
/** @param {Storage} storage @param {string} key @param {unknown} value */
export function keep(storage, key, value) {
  try { storage.setItem(key, JSON.stringify(value)); } catch { /* private windows may refuse; nothing is lost but comfort */ }
}

export const settings = Object.assign({ zoom: /** @type {"auto" | "width" | "page" | number} */ ("auto"), panels: /** @type {string[]} */ ([]), outline: true,
  beside: false, dock: 34, order: "list", clickOpens: false }, stored(localStorage, "vanthu-preview"));
export const placeKey = `vanthu-preview:${location.pathname}`;

export function change(/** @type {Partial<typeof settings>} */ values) {
  Object.assign(settings, values);
  keep(localStorage, "vanthu-preview", settings);
}
