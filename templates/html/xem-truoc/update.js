// @ts-check
// From a state to what is seen. The time until the changed page is painted matters most, so:
//   1. fetch and decode the changed pages in view (showState), 2. swap them in one go (commit), 3. once they are painted, do the
//   rest (afterShown): text layers, source pane, lists, pages out of view, the Word view.

import { firstPlace, savePlace } from "./address.js";
import { compareWord, placeWord } from "./beside.js";
import { afterPaint, clamp, isNarrow, whenIdle } from "./dom.js";
import { goTo, layOut, measure, pixels, rowsIn, rowsInView, scaleFor, steadyAnchor, usualWidth } from "./geometry.js";
import { pair } from "./matching.js";
import { showCurrentPage, showOutline } from "./page-list.js";
import { forgetOldTexts } from "./page-text.js";
import { setPanel } from "./panels.js";
import { showProblems } from "./problems.js";
import { KEEP, nearChanged } from "./scrolling.js";
import { runSearch, search } from "./search.js";
import { newRow, Sheet } from "./sheet.js";
import { refreshSource } from "./source-pane.js";
import { app, container, rowOf, view, word, wordOn } from "./state.js";
import { announceState, showSummary } from "./summary.js";
import { refreshUnits } from "./units.js";
/** @import { State, Anchor } from "./types.js" */

// States are shown one after another, never dropped halfway: however fast they come, each look begun is finished.
/** @type {State | null} */
let waiting = null;
let showing = false;
export async function receive(/** @type {State} */ state) {
  waiting = state;
  if (showing) return;
  showing = true;
  try {
    while (waiting) {
      const next = waiting;
      waiting = null;
      await showState(next);
    }
  } finally { showing = false; }
}

async function showState(/** @type {State} */ state) {
  app.generation++;
  const next = pair(app.sheets, state.pages).map((sheet) => sheet ?? newRow(new Sheet("page")));
  const anchor = app.sheets.length ? steadyAnchor(state.pages) : firstPlace();
  const rows = measure(state.pages);
  const kept = anchor.sheet ? next.indexOf(anchor.sheet) : -1;
  const index = clamp(kept >= 0 ? kept : anchor.index, 0, Math.max(0, next.length - 1));
  const loads = [];
  if (next.length) {
    const top = Math.max(0, rows.tops[index] + pixels(anchor, scaleFor(state.pages[index], usualWidth(state.pages))));
    const bottom = rows.tops[rows.tops.length - 1] + rows.heights[rows.heights.length - 1];
    const start = Math.min(top, Math.max(0, bottom - view.clientHeight));
    const [first, last] = rowsIn(rows, start, start + view.clientHeight);
    for (let k = first; k <= Math.min(last, next.length - 1); k++) {
      const sheet = next[k], { id } = state.pages[k];
      if (sheet.imageId !== id) loads.push(sheet.load(id).then((image) => ({ sheet, image, id })));
    }
  }
  const ready = loads.length ? await Promise.allSettled(loads) : [];
  const swaps = ready.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  commit(state, next, swaps, anchor);
}

/** @param {State} state @param {Sheet[]} next @param {{ sheet: Sheet, image: HTMLImageElement, id: string }[]} swaps @param {Anchor} anchor */
function commit(state, next, swaps, anchor) {
  const before = app.state;
  const count = state.pages.length, changed = state.pages.flatMap((page, k) => (next[k].page.id === page.id ? [] : [k]));
  // While the pages were decoded the user may have scrolled.
  const place = app.sheets.length ? steadyAnchor(state.pages) : anchor;
  const dropped = new Set(app.sheets);
  next.forEach((sheet, k) => {
    dropped.delete(sheet);
    sheet.take(state.pages[k], `Trang ${k + 1} trên ${count}`);
  });
  for (const sheet of dropped) rowOf.get(sheet)?.remove();
  next.forEach((sheet, k) => {
    const row = /** @type {HTMLElement} */ (rowOf.get(sheet));
    if (container.children[k] !== row) container.insertBefore(row, container.children[k] ?? null);
  });
  for (const { sheet, image, id } of swaps) sheet.swap(image, id);
  const moved = dropped.size > 0 || next.length !== app.sheets.length || changed.length > 0;
  app.sheets = next;
  app.state = state;
  if (moved || !before) {
    if (word.pages.length) placeWord();
    layOut();
    goTo(place);
  }
  showSummary(state);
  afterPaint(() => {
    document.documentElement.dataset.revision = String(state.revision);
    document.documentElement.dataset.shown = String(state.shown ?? "");
    performance.mark("vanthu:shown", { detail: { revision: state.revision } });
  });
  const { generation } = app;
  afterPaint(() => { if (generation === app.generation) afterShown(state, before, changed); });
}

/** @param {State} state @param {State | null} before @param {number[]} changed */
async function afterShown(state, before, changed) {
  const { generation } = app;
  const current = () => generation === app.generation;
  const [first, last] = rowsInView();
  await Promise.allSettled(app.sheets.slice(first, last + 1).map((sheet) => sheet.refreshText()));
  if (!current()) return;
  document.documentElement.dataset.text = String(state.revision);
  showOutline(before && before.unit === state.unit ? changed : []);
  showCurrentPage();
  savePlace();
  showProblems(state);
  announceState(state);
  nearChanged();
  refreshSource(state);
  refreshUnits(state);
  if (search.query) runSearch(search.query);
  if (wordOn()) {
    if (!before && !isNarrow()) setPanel("word", true);
    compareWord();
  }
  forgetOldTexts(state.pages);
  whenIdle(() => loadRest(generation));
}

/** The rest of the document, bit by bit, so that the browser's own search finds all of it. */
async function loadRest(/** @type {number} */ generation) {
  const all = app.sheets;
  for (let k = 0; k < all.length; k++) {
    if (generation !== app.generation) return;
    const sheet = all[k];
    if (sheet.textId === sheet.page.id && sheet.imageId === sheet.page.id) continue;
    await Promise.allSettled([sheet.refreshText(), all.length <= KEEP ? sheet.refresh() : null]);
    await new Promise((go) => whenIdle(() => go(null)));
  }
}
