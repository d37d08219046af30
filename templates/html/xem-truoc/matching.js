// @ts-check
// Which old sheet shows each new page.

/** @import { Sheet } from "./sheet.js" */
/** @import { Page } from "./types.js" */

/** Which old sheet shows each new page: the same page keeps its sheet, a changed page takes the sheet in its place.
 * @param {Sheet[]} old @param {Page[]} pages @returns {(Sheet | null)[]} */
export function pair(old, pages) {
  /** @type {(Sheet | null)[]} */
  const result = pages.map(() => null);
  let head = 0, tail = 0;
  const shorter = Math.min(old.length, pages.length);
  while (head < shorter && old[head].page.id === pages[head].id) { result[head] = old[head]; head++; }
  while (tail < shorter - head && old[old.length - 1 - tail].page.id === pages[pages.length - 1 - tail].id) {
    result[pages.length - 1 - tail] = old[old.length - 1 - tail];
    tail++;
  }
  const index = new Map();
  for (let k = old.length - tail - 1; k >= head; k--) index.set(old[k].page.id, k);
  let oldFrom = head, newFrom = head;
  const fillGap = (/** @type {number} */ oldTo, /** @type {number} */ newTo) => {
    for (let a = oldFrom, b = newFrom; a < oldTo && b < newTo; a++, b++) result[b] = old[a];
  };
  for (let k = head; k < pages.length - tail; k++) {
    const found = index.get(pages[k].id);
    if (found === undefined || found < oldFrom) continue;
    fillGap(found, k);
    result[k] = old[found];
    oldFrom = found + 1;
    newFrom = k + 1;
  }
  fillGap(old.length - tail, pages.length - tail);
  return result;
}
