// @ts-check
// The differences between PDF and Word: boxes on both, the list, stepping through them.

import { $, make } from "./dom.js";
import { addMark, clearMarks } from "./marks.js";
import { announce, toast } from "./notices.js";
import { reveal } from "./scrolling.js";
import { app, container, word, wordOn } from "./state.js";
/** @import { Difference } from "./types.js" */

const KINDS = { line: "Ngắt dòng", shift: "Lệch dòng", page: "Ngắt trang", missing: "Thiếu", extra: "Thừa" };
export function showDifferences() {
  for (const kind of Object.keys(KINDS)) clearMarks(kind);
  $("no-differences").hidden = word.differences.length > 0 || !word.pages.length;
  $("diff-list").replaceChildren(...word.differences.map((difference, k) => differenceItem(difference, k)));
  word.differences.forEach((difference, k) => {
    for (const [sheets, boxes] of /** @type {const} */ ([[app.sheets, difference.pdf], [word.sheets, difference.word]])) {
      for (const [page, x, y, width, height] of boxes) {
        const mark = sheets[page] && addMark(sheets[page], { x, y, width, height }, difference.kind);
        if (mark) { mark.dataset.difference = String(k); mark.title = difference.message; }
      }
    }
  });
}

/** @param {Difference} difference @param {number} index */
function differenceItem(difference, index) {
  const item = make("li", "warning"), choose = make("button", "choose"), where = make("span", "where");
  where.append(make("b", "", KINDS[difference.kind] ?? "Khác"), ` · trang ${(difference.pdf[0] ?? difference.word[0] ?? [0])[0] + 1}`);
  choose.append(where, difference.message);
  choose.addEventListener("click", () => goToDifference(index));
  item.append(choose);
  return item;
}

function goToDifference(/** @type {number} */ index) {
  const difference = word.differences[index];
  if (!difference) return;
  word.current = index;
  for (const mark of container.querySelectorAll("[data-difference]")) mark.classList.toggle("chosen", /** @type {HTMLElement} */ (mark).dataset.difference === String(index));
  [...$("diff-list").querySelectorAll(".choose")].forEach((node, k) => {
    if (k === index) { node.setAttribute("aria-current", "true"); node.scrollIntoView({ block: "nearest" }); }
    else node.removeAttribute("aria-current");
  });
  const inPdf = difference.pdf.length > 0, place = (inPdf ? difference.pdf : difference.word)[0];
  if (!place) return;
  const [page, x, y, width, height] = place;
  reveal(page, (inPdf ? app.sheets : word.sheets)[page], { x, y, width, height });
  announce(`Chỗ khác ${index + 1} trên ${word.differences.length}: ${difference.message}`);
}
export function stepDifference(/** @type {number} */ by) {
  const count = word.differences.length;
  if (!wordOn()) return;
  if (!count) return toast("Bản PDF và tệp Word không có chỗ nào khác nhau.");
  goToDifference((Math.max(word.current, by < 0 ? 0 : -1) + by + count) % count);
}
