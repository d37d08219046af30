// @ts-check
// Moving over the pages, and what must follow: sheets near the view get their look and text, far ones let go.

import { clamp, isNarrow, isStill, perFrame } from "./dom.js";
import { rowsInView } from "./geometry.js";
import { report } from "./net.js";
import { announce } from "./notices.js";
import { app, tell, view, word, wordOn } from "./state.js";
/** @import { Sheet } from "./sheet.js" */
/** @import { Box } from "./types.js" */

export function goToPage(/** @type {number} */ index) {
  if (!app.sheets.length) return;
  const k = clamp(index, 0, app.sheets.length - 1);
  view.scrollTo({ top: app.tops[k] - app.gap });
  announce(`Trang ${k + 1} trên ${app.sheets.length}.`);
}

/** Brings a box of a sheet (in points) into view. @param {number} row @param {Sheet | undefined} sheet @param {Box} box */
export function reveal(row, sheet, box) {
  if (!sheet || app.tops[row] === undefined) return;
  const stackedBelow = sheet.kind === "word" && isNarrow() && app.sheets[row];
  const top = app.tops[row] + (stackedBelow ? app.sheets[row].page.height * app.sheets[row].scale + app.gap : 0) + box.y * sheet.scale;
  const height = box.height * sheet.scale, room = view.clientHeight;
  if (top < view.scrollTop + 20 || top + height > view.scrollTop + room - 20) {
    const goal = top - Math.max(20, (room - height) / 2);
    // Over a few screens the eye follows; farther, it would only wait.
    const near = Math.abs(goal - view.scrollTop) < 3 * room;
    view.scrollTo({ top: goal, behavior: near && !isStill() ? "smooth" : "auto" });
  }
  const left = sheet.element.offsetLeft + box.x * sheet.scale;
  if (left < view.scrollLeft || left > view.scrollLeft + view.clientWidth - 40) view.scrollLeft = left - 40;
}

// Sheets near the view get their look and text; far ones of a long document are let go.
const NEAR = 1.5;
export const KEEP = 60;
export const nearChanged = perFrame(() => {
  const near = rowsInView(view.clientHeight * NEAR);
  const far = [near[0] - 8, near[1] + 8];
  app.sheets.forEach((sheet, k) => {
    if (k >= near[0] && k <= near[1]) { sheet.refresh(); sheet.refreshText().catch(report); }
    else if (app.sheets.length > KEEP && !app.keepImages && (k < far[0] || k > far[1]) && sheet.image) sheet.release();
  });
  if (wordOn()) word.sheets.forEach((sheet, k) => { if (k >= near[0] && k <= near[1]) sheet.refresh(); });
  tell("near");
});

export const scrolled = perFrame(() => { nearChanged(); tell("scroll"); });
view.addEventListener("scroll", scrolled, { passive: true });
