// @ts-check
// The address (#trang=3&don-vi=…) follows the view, and says where to begin.

import { debounce } from "./dom.js";
import { anchorAt, currentIndex } from "./geometry.js";
import { keep, placeKey, stored } from "./settings.js";
import { app, when } from "./state.js";
/** @import { Anchor } from "./types.js" */

export function hashFor(/** @type {number} */ index, /** @type {string | null} */ unit) {
  return `#trang=${index + 1}${unit === null ? "" : `&don-vi=${encodeURIComponent(unit)}`}`;
}
export function readHash() {
  const values = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  const page = Number.parseInt(values.get("trang") ?? "", 10);
  return { page: page > 0 ? page - 1 : null, unit: values.get("don-vi") };
}

/** Where to begin: the address says the page; the exact place within it comes from this tab's memory. @returns {Anchor} */
export function firstPlace() {
  const { page } = readHash();
  const saved = stored(sessionStorage, placeKey);
  if (saved && (page === null || page === saved.page)) return { index: saved.index, sheet: null, y: saved.y, x: saved.x ?? 0.5 };
  return { index: page ?? 0, sheet: null, y: -app.gap, x: 0.5 };
}

export const savePlace = debounce(250, () => {
  if (!app.state || !app.sheets.length) return;
  const { index, y, x } = anchorAt();
  keep(sessionStorage, placeKey, { page: currentIndex(), index, y, x, unit: app.state.unit });
  const hash = hashFor(currentIndex(), app.state.unit);
  if (hash !== location.hash) history.replaceState(history.state, "", hash);
});

when("scroll", savePlace);
