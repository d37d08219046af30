// @ts-check
// Dragging a selection beyond the paper: it goes on at the nearest text. Left alone, browsers select all from the first page on.

import { clamp } from "./dom.js";
import { rowsInView } from "./geometry.js";
import { app, container, view } from "./state.js";

/** @typedef {{ node: Node, offset: number }} Caret */

/** @param {number} x @param {number} y @returns {Caret | null} */
export function caretAt(x, y) {
  const doc = /** @type {any} */ (document);
  if (doc.caretPositionFromPoint) {
    const caret = doc.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = doc.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/** The text nearest to a point of the window. @param {number} x @param {number} y @returns {Caret | null} */
function nearestText(x, y) {
  const [first, last] = rowsInView(), room = view.getBoundingClientRect();
  const papers = app.sheets.slice(first, last + 1).map((sheet) => sheet.text.getBoundingClientRect());
  const off = (/** @type {DOMRect} */ paper) => Math.hypot(x - clamp(x, paper.left, paper.right), y - clamp(y, paper.top, paper.bottom));
  const paper = papers.sort((a, b) => off(a) - off(b))[0];
  if (!paper) return null;
  const inX = clamp(x, Math.max(paper.left, room.left) + 2, Math.min(paper.right, room.right) - 2);
  const inY = clamp(y, Math.max(paper.top, room.top) + 2, Math.min(paper.bottom, room.bottom) - 2);
  // The text layer shares all the paper among its lines; from there to the letters themselves.
  const pieces = document.elementFromPoint(inX, inY)?.closest(".line")?.children;
  if (!pieces?.length) return null;
  const start = pieces[0].getBoundingClientRect(), end = pieces[pieces.length - 1].getBoundingClientRect();
  const caret = caretAt(clamp(inX, start.left + 0.5, end.right - 0.5), (start.top + start.bottom) / 2);
  return caret && isLetters(caret.node) ? caret : null;
}
const isLetters = (/** @type {EventTarget | Node | null} */ node) => Boolean((node instanceof Text ? node.parentElement : /** @type {Element | null} */ (node))?.closest?.("[data-i]"));

/** The drag under way: where it began (null: a double click, which selects by words), and where the pointer is if off the letters.
 * @type {{ base: Caret | null, off: { x: number, y: number } | null, moved: boolean } | null} */
let drag = null;

view.addEventListener("mousedown", (event) => {
  // A click on a scroll bar selects nothing.
  if (event.button !== 0 || event.shiftKey || event.clientX - view.getBoundingClientRect().left > view.clientWidth) return;
  const { clientX: x, clientY: y } = event;
  drag = { base: event.detail > 1 ? null : isLetters(event.target) ? caretAt(x, y) : nearestText(x, y), off: null, moved: false };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.moved = true;
  drag.off = isLetters(event.target) ? null : { x: event.clientX, y: event.clientY };
});
for (const name of ["pointerup", "pointercancel", "blur"]) addEventListener(name, () => { drag = null; });

// The beginning is set again each time: Chromium forgets it for some letters of text set with geometricPrecision.
document.addEventListener("selectionchange", () => {
  const selection = getSelection();
  if (!drag?.moved || !selection?.anchorNode || !selection.focusNode) return;
  const base = drag.base ?? { node: selection.anchorNode, offset: selection.anchorOffset };
  const end = (drag.off && nearestText(drag.off.x, drag.off.y)) ?? { node: selection.focusNode, offset: selection.focusOffset };
  if (!container.contains(base.node)) return;
  const same = base.node === selection.anchorNode && base.offset === selection.anchorOffset && end.node === selection.focusNode && end.offset === selection.focusOffset;
  if (!same) selection.setBaseAndExtent(base.node, base.offset, end.node, end.offset);
});
