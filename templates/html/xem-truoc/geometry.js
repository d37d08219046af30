// @ts-check
// Where each row of sheets lies and how large it is. Computed, never read back from the layout, so that no step
// of showing a new state forces one.

import { $, clamp, isNarrow } from "./dom.js";
import { settings } from "./settings.js";
import { app, view, word, wordOn } from "./state.js";
/** @import { Page, Anchor } from "./types.js" */

const PX_PER_PT = 96 / 72;
/** On a wide screen the whole width would show three paragraphs; unless asked for, a page is not larger than this. */
const COMFORTABLE = 1.25;

/** The scale of a page: the level chosen, but a sheet too wide for “fit width” (a landscape annex) is fitted by itself.
 * @param {Page} page @param {number} usual the width that most pages have */
export function scaleFor(page, usual) {
  if (typeof settings.zoom === "number") return settings.zoom * PX_PER_PT;
  const columns = wordOn() && !isNarrow() ? 2 : 1;
  const width = Math.max(60, (view.clientWidth - 2 * app.gap - (columns - 1) * app.gap) / columns);
  const fit = Math.min(width / usual, width / page.width);
  if (settings.zoom === "auto") return Math.min(fit, COMFORTABLE * PX_PER_PT);
  return settings.zoom === "width" ? fit : Math.min(fit, Math.max(60, view.clientHeight - 2 * app.gap) / page.height);
}

export function usualWidth(/** @type {Page[]} */ pages) {
  const counts = new Map();
  for (const page of pages) counts.set(page.width, (counts.get(page.width) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 595.28;
}

/** @param {Page[]} pages @param {number} [usual] */
export function measure(pages, usual = usualWidth(pages)) {
  const others = wordOn() ? word.pages : [];
  const tops = [], heights = [];
  let y = app.gap;
  for (let k = 0; k < Math.max(pages.length, others.length); k++) {
    const left = pages[k] ?? others[k], right = others.length ? others[k] ?? pages[k] : null;
    const a = left.height * scaleFor(left, usual), b = right ? right.height * scaleFor(right, usual) : 0;
    const height = right && isNarrow() ? a + app.gap + b : Math.max(a, b);
    tops.push(y);
    heights.push(height);
    y += height + app.gap;
  }
  return { tops, heights };
}

/** Gives every sheet its size; the caller keeps the place. */
export function layOut() {
  app.gap = isNarrow() ? 8 : 16;
  const pages = app.sheets.map((sheet) => sheet.page);
  const usual = usualWidth(pages.length ? pages : word.pages);
  for (const sheet of [...app.sheets, ...word.sheets]) sheet.setScale(scaleFor(sheet.page, usual));
  for (const gap of word.gaps) gap.element.style.setProperty("--scale", String(scaleFor(gap.page, usual)));
  Object.assign(app, measure(pages, usual));
  showZoom();
}

/** The row at height `y` of the content. */
function rowAt(/** @type {number[]} */ tops, /** @type {number} */ y) {
  let low = 0, high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle; else high = middle - 1;
  }
  return Math.max(0, low);
}

/** First and last row in a window of the content. @param {{ tops: number[], heights: number[] }} rows @param {number} top @param {number} bottom */
export function rowsIn(rows, top, bottom) {
  let first = rowAt(rows.tops, top);
  if (rows.tops[first] + rows.heights[first] < top) first++;
  return [first, Math.min(rowAt(rows.tops, bottom), rows.tops.length - 1)];
}
export const rowsInView = (margin = 0) => rowsIn(app, view.scrollTop - margin, view.scrollTop + view.clientHeight + margin);

/** The point of the paper at a fraction of the view's height, kept while sizes change. @returns {Anchor} */
export function anchorAt(fraction = 0) {
  const y = view.scrollTop + view.clientHeight * fraction;
  const index = rowAt(app.tops, y), sheet = app.sheets[index] ?? null;
  const x = view.scrollWidth > view.clientWidth ? (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth : 0.5;
  const below = app.tops.length ? y - app.tops[index] : 0;
  return { index, sheet, y: sheet && below > 0 ? below / sheet.scale : below, x };
}
/** The place to hold on to when the pages change: the sheet that fills half of the view and is still the same afterwards, or,
 * where there is none, the one at the top. @param {Page[]} pages */
export function steadyAnchor(pages) {
  const top = anchorAt();
  const stays = new Set(pages.map((page) => page.id));
  if (!top.sheet || stays.has(top.sheet.page.id)) return top;
  const [first, last] = rowsInView();
  for (let index = first; index <= Math.min(last, app.sheets.length - 1); index++) {
    const sheet = app.sheets[index];
    if (app.tops[index] - view.scrollTop > view.clientHeight / 2) break; // the page above it is the one that is read
    if (stays.has(sheet.page.id)) return { ...top, index, sheet, y: view.scrollTop - app.tops[index] };
  }
  return top;
}
/** An anchor's `y` is points of the paper, or pixels of the margin above the first sheet, which does not scale. */
export const pixels = (/** @type {Anchor} */ anchor, /** @type {number} */ scale) => (anchor.y > 0 ? anchor.y * scale : anchor.y);

/** @param {Anchor} anchor @param {number} [fraction] */
export function goTo(anchor, fraction = 0) {
  if (!app.tops.length) return;
  const found = anchor.sheet ? app.sheets.indexOf(anchor.sheet) : -1;
  const index = clamp(found >= 0 ? found : anchor.index, 0, app.tops.length - 1);
  const top = app.tops[index] + pixels(anchor, app.sheets[index]?.scale ?? 1) - view.clientHeight * fraction;
  if (Math.abs(top - view.scrollTop) > 0.5) view.scrollTop = top; // setting it would stop a scroll under way
  if (view.scrollWidth > view.clientWidth) view.scrollLeft = anchor.x * view.scrollWidth - view.clientWidth / 2;
}

/** The page that fills the upper half of the view. */
export function currentIndex() {
  return clamp(rowAt(app.tops, view.scrollTop + view.clientHeight * 0.35), 0, Math.max(0, app.sheets.length - 1));
}

export function currentScale() {
  const sheet = app.sheets[currentIndex()];
  return sheet ? sheet.scale / PX_PER_PT : 1;
}

export function showZoom() {
  $("zoom-value").textContent = `${Math.round(currentScale() * 100)} %`;
  $("b-width").setAttribute("aria-pressed", String(settings.zoom === "width"));
  $("b-page").setAttribute("aria-pressed", String(settings.zoom === "page"));
}
