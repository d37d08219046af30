// @ts-check
// Boxes drawn on the paper, under the print.

import { make } from "./dom.js";
import { container } from "./state.js";
/** @import { Sheet } from "./sheet.js" */
/** @import { Box } from "./types.js" */

/** @param {Sheet} sheet @param {Box} box @param {string} className */
export function addMark(sheet, box, className) {
  const mark = make("div", `mark ${className}`);
  Object.assign(mark.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` });
  sheet.marks.append(mark);
  return mark;
}
export function clearMarks(/** @type {string} */ className) {
  for (const mark of container.querySelectorAll(`.mark.${className}`)) mark.remove();
}
