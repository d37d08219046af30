// @ts-check
// From a word on the page to its line in the source, and back.

import { debounce } from "./dom.js";
import { caretAt } from "./dragging.js";
import { addMark, clearMarks } from "./marks.js";
import { address, ask, report } from "./net.js";
import { toast } from "./notices.js";
import { naturalWidth, pageText, pieceBoxes } from "./page-text.js";
import { reveal } from "./scrolling.js";
import { settings } from "./settings.js";
import { source } from "./source-pane.js";
import { app, container, pageParams, sheetOf } from "./state.js";
/** @import { Box, Problem } from "./types.js" */

const canMark = () => app.state !== null && app.state.shown !== null;

let lineAsked = 0;
/** Shows on the pages what a line of the source became, or the words of it that a problem is about.
 *  @param {number} file @param {number} line @param {Problem | null} problem */
export async function showLine(file, line, problem = null) {
  if (!canMark()) return;
  const asked = ++lineAsked;
  try {
    const { column, end_line, end_column } = problem ?? {};
    const about = column && end_line && end_column ? { column, end_line, end_column } : {};
    const { pieces, words } = await ask(address("line", { ...pageParams(), source: file, line, ...about }));
    if (asked === lineAsked) await markPieces(words.length ? words : pieces);
  } catch (error) { report(error); }
}
export const showLineSoon = debounce(120, showLine);

/** A part of a piece's box. @param {Box & { text: string, face: number }} box @param {number} from @param {number} to */
function partOf(box, from, to) {
  const whole = naturalWidth(box.text, box.face) || 1;
  const at = (/** @type {number} */ end) => (box.width * naturalWidth(box.text.slice(0, end), box.face)) / whole;
  return { ...box, x: box.x + at(from), width: at(to) - at(from) };
}

/** Pieces by page and number, or parts of them. */
async function markPieces(/** @type {[number, number, number?, number?][]} */ pieces) {
  const { generation } = app;
  clearMarks("place");
  const wanted = [...new Set(pieces.map(([page]) => page))].filter((page) => app.sheets[page]);
  const boxes = new Map(await Promise.all(wanted.map(async (page) => /** @type {const} */ ([page, pieceBoxes(await pageText(app.sheets[page].page.id))]))));
  if (generation !== app.generation) return;
  let first = true;
  for (const [page, piece, from, to] of pieces) {
    const whole = boxes.get(page)?.get(piece);
    if (!whole) continue;
    const box = from !== undefined && to !== undefined ? partOf(whole, from, to) : whole;
    addMark(app.sheets[page], box, "place");
    if (first) reveal(page, app.sheets[page], box);
    first = false;
  }
}

/** The piece and character at a position of the text layer. @param {Node | null} node @param {number} offset */
function pieceAt(node, offset) {
  const span = /** @type {HTMLElement | null} */ ((node instanceof Element ? node : node?.parentElement)?.closest("[data-i]") ?? null);
  const section = span?.closest(".sheet");
  const sheet = section && sheetOf.get(section);
  if (!span || !sheet || sheet.textId !== sheet.page.id) return null;
  return { page: app.sheets.indexOf(sheet), piece: Number(span.dataset.i), offset: Math.min(offset, span.textContent?.length ?? 0) };
}

/** @param {{ page: number, piece: number, offset: number }} at @param {boolean} inEditor */
async function goToPlace(at, inEditor) {
  try {
    const place = await ask(address("place", { ...pageParams(), ...at }));
    if (place.message !== undefined) return toast(place.message);
    if (inEditor && place.source !== null) return openEditor(place.source, place.line, place.column);
    if (place.source === null) return toast(`Chữ này ở ${place.file}, dòng ${place.line}.`);
    source.goTo(place.source, place.line, place.column);
    markPieces([[at.page, at.piece]]);
  } catch (error) { report(error); }
}

/** @param {number} file @param {number} line @param {number | null} column */
export async function openEditor(file, line, column) {
  try {
    await ask(address("open", { ...pageParams(), source: file, line, column: column ?? 1 }), { method: "POST" });
  } catch (error) { report(error); }
}

// One click goes to the source; two select a word, so the first one waits a little to see.
let clickTimer = 0;
container.addEventListener("click", (event) => {
  clearTimeout(clickTimer);
  const target = /** @type {Element} */ (event.target);
  if (event.button !== 0 || event.detail > 1 || !target.closest("[data-i]") || !getSelection()?.isCollapsed) return;
  const caret = caretAt(event.clientX, event.clientY);
  const at = pieceAt(target, caret && target.contains(caret.node) ? caret.offset : 0);
  const inEditor = Boolean(app.state?.editor) && (event.ctrlKey || event.metaKey || settings.clickOpens);
  if (at) clickTimer = setTimeout(() => { if (getSelection()?.isCollapsed) goToPlace(at, inEditor); }, 220);
});
container.addEventListener("dblclick", () => clearTimeout(clickTimer));

/** The keyboard's way: the text selected (or the caret, where the browser shows one). */
export function goToSelection() {
  const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
  const at = range && (pieceAt(range.startContainer, range.startOffset) ?? pieceAt(range.endContainer, 0));
  if (at) goToPlace(at, false);
  else toast("Chọn một chữ trên trang rồi bấm phím l để tới dòng của chữ ấy.");
  return Boolean(at);
}
