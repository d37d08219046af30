// @ts-check
// The search box, and painting what it found.

import { $, debounce, fold, onClick, perFrame } from "./dom.js";
import { currentIndex } from "./geometry.js";
import { addMark, clearMarks } from "./marks.js";
import { report } from "./net.js";
import { pageText, pieceBoxes } from "./page-text.js";
import { closeMenu } from "./panels.js";
import { reveal } from "./scrolling.js";
import { hitsIn, hitsOver } from "./search-text.js";
import { app, view, when } from "./state.js";

/** @typedef {import("./search-text.js").Hit} Hit */

export const search = { query: "", hits: /** @type {Hit[]} */ ([]), current: -1 };

let searchNumber = 0;
export async function runSearch(/** @type {string} */ typed) {
  const number = ++searchNumber;
  const lower = typed.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trimStart();
  const isNew = lower !== search.query;
  search.query = lower;
  if (!lower) return showHits([], isNew);
  const plain = fold(lower) === lower;
  try {
    const pages = app.sheets.map((sheet) => sheet.page.id);
    const texts = await Promise.all(pages.map((id) => pageText(id)));
    const found = texts.map((text, page) => [...hitsIn(text, lower, page, plain), ...(page + 1 < texts.length ? hitsOver(text, texts[page + 1], lower, page, plain) : [])]);
    if (number === searchNumber) showHits(found.flat(), isNew);
  } catch (error) { report(error); }
}

/** @param {Hit[]} hits @param {boolean} isNew */
function showHits(hits, isNew) {
  search.hits = hits;
  if (isNew) {
    const from = currentIndex(), at = hits.findIndex((hit) => hit.page >= from);
    search.current = hits.length ? Math.max(0, at) : -1;
    if (hits.length) goToHit(search.current);
  } else search.current = Math.min(search.current, hits.length - 1);
  showSearchCount();
  paintHits();
}
function showSearchCount() {
  $("search-count").textContent = !search.query ? "" : search.hits.length ? `${search.current + 1} trên ${search.hits.length}` : "Không tìm thấy.";
}
async function goToHit(/** @type {number} */ index) {
  const hit = search.hits[index];
  if (!hit) return;
  search.current = index;
  showSearchCount();
  paintHits();
  const sheet = app.sheets[hit.page];
  if (!sheet) return;
  const box = pieceBoxes(await pageText(sheet.page.id)).get(hit.parts[0].i);
  if (box) reveal(hit.page, sheet, box);
}
function stepHit(/** @type {number} */ by) {
  const count = search.hits.length;
  if (count) goToHit((search.current + by + count) % count);
}

/** @param {Hit} hit @returns {Range[]} */
function rangesOf(hit) {
  const sheet = app.sheets[hit.page];
  if (!sheet || sheet.textId !== sheet.page.id) return [];
  return hit.parts.flatMap(({ i, from, to }) => {
    const node = sheet.pieceNodes.get(i);
    if (!node || to > node.data.length) return [];
    const range = new Range();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [range];
  });
}
export const paintHits = perFrame(() => {
  const here = currentIndex(), current = search.hits[search.current];
  // One letter may be found a hundred thousand times; only what can be seen soon is painted.
  const others = search.hits.filter((hit) => hit !== current && Math.abs(hit.page - here) < 8);
  if ("Highlight" in globalThis && CSS.highlights) {
    CSS.highlights.set("found", highlightOf(others));
    CSS.highlights.set("current", highlightOf(current ? [current] : []));
    return;
  }
  clearMarks("found");
  clearMarks("current");
  for (const hit of others) boxHit(hit, "found");
  if (current) boxHit(current, "current");
});

function highlightOf(/** @type {Hit[]} */ hits) {
  const highlight = new Highlight();
  for (const hit of hits) for (const range of [...rangesOf(hit), ...(hit.rest ? rangesOf(hit.rest) : [])]) highlight.add(range);
  return highlight;
}

/** Boxes where the browser has no Custom Highlight API. @param {Hit} hit @param {string} className */
function boxHit(hit, className) {
  if (hit.rest) boxHit(hit.rest, className);
  const sheet = app.sheets[hit.page];
  for (const range of rangesOf(hit)) {
    const paper = sheet.element.getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      addMark(sheet, { x: (rect.left - paper.left) / sheet.scale, y: (rect.top - paper.top) / sheet.scale, width: rect.width / sheet.scale, height: rect.height / sheet.scale }, className);
    }
  }
}

export function openSearch() {
  closeMenu();
  $("search").hidden = false;
  $("b-search").setAttribute("aria-expanded", "true");
  $("search-box").focus();
  $("search-box").select();
  if ($("search-box").value) runSearch($("search-box").value);
}
export function closeSearch() {
  $("search").hidden = true;
  $("b-search").setAttribute("aria-expanded", "false");
  searchNumber++;
  Object.assign(search, { query: "", hits: [], current: -1 });
  paintHits();
  view.focus({ preventScroll: true });
}

export function wireSearch() {
  const box = $("search-box"), typed = debounce(90, () => runSearch(box.value));
  box.addEventListener("input", typed);
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); stepHit(event.shiftKey ? -1 : 1); } });
  onClick("b-search-prev", () => stepHit(-1));
  onClick("b-search-next", () => stepHit(1));
  onClick("b-search-close", closeSearch);
}

const repaint = () => { if (search.query) paintHits(); };
when("text", repaint);
when("near", repaint);
