// @ts-check
// What the page knows now, shared by all parts. Parts that must not know each other meet through signals.

import { $, isNarrow } from "./dom.js";
import { settings } from "./settings.js";
/** @import { Sheet } from "./sheet.js" */
/** @import { Page, State, Difference } from "./types.js" */

/** @type {{ state: State | null, sheets: Sheet[], extraRows: { element: any, gap: any }[], tops: number[], heights: number[], gap: number, generation: number,
 *   keepImages: boolean }} */
export const app = { state: null, sheets: [], extraRows: [], tops: [], heights: [], gap: 16, generation: 0, keepImages: false };
/** @type {HTMLElement} */
export const view = $("view");
/** @type {HTMLElement} */
export const container = $("sheets");
/** @type {WeakMap<Sheet, HTMLElement>} */
export const rowOf = new WeakMap();

const signals = new EventTarget();
/** @typedef {"text" | "near" | "scroll" | "panel-source" | "panel-units"} Signal a sheet's text is there; other sheets came near the view;
 * the pages moved; a panel was opened */
export const tell = (/** @type {Signal} */ name) => signals.dispatchEvent(new Event(name));
export const when = (/** @type {Signal} */ name, /** @type {() => void} */ work) => signals.addEventListener(name, work);

/** @type {WeakMap<Element, Sheet>} */
export const sheetOf = new WeakMap();

export const word = {
  pages: /** @type {Page[]} */ ([]),
  sheets: /** @type {Sheet[]} */ ([]),
  gaps: /** @type {{ element: any, page: Page }[]} */ ([]),
  differences: /** @type {Difference[]} */ ([]),
  shownFor: "",
  current: -1,
  abort: /** @type {AbortController | null} */ (null),
};

export const wordOn = () => settings.beside && Boolean(app.state?.word);

export const pageParams = () => ({ revision: app.state?.shown ?? null, unit: app.state?.unit ?? null });

/** Nearly all units begin alike; in the toolbar what tells them apart must be seen. */
export const shortName = (/** @type {string} */ unit) => unit.replace(/^ủy ban nhân dân /i, isNarrow() ? "" : "UBND ");

export const errorsOf = (/** @type {State} */ state) => state.problems.filter((problem) => problem.severity === "error");
