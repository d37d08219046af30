// @ts-check
// PDF beside Word, page by page.

import { showDifferences } from "./differences.js";
import { $, isNarrow, make } from "./dom.js";
import { anchorAt, goTo, layOut, rowsInView } from "./geometry.js";
import { address, ask, Failure } from "./net.js";
import { toast } from "./notices.js";
import { closeMenu, setPanel } from "./panels.js";
import { nearChanged, scrolled } from "./scrolling.js";
import { change } from "./settings.js";
import { Sheet } from "./sheet.js";
import { app, container, pageParams, rowOf, word, wordOn } from "./state.js";
/** @import { Page, Difference } from "./types.js" */

export const NO_WORD = "Máy này chưa có LibreOffice nên không xem được tệp Word.";

export function setBeside(/** @type {boolean} */ on) {
  closeMenu();
  if (on && app.state && !app.state.word) return toast(NO_WORD);
  const anchor = anchorAt();
  change({ beside: on });
  $("b-beside").setAttribute("aria-pressed", String(on));
  if (on) {
    if (!isNarrow()) setPanel("word", true);
    if (app.state) compareWord();
  } else forgetWord();
  layOut();
  goTo(anchor);
  scrolled();
}

function forgetWord() {
  word.abort?.abort();
  Object.assign(word, { pages: [], sheets: [], differences: [], shownFor: "", current: -1 });
  placeWord();
  setPanel("word", false);
  $("word-bar").hidden = true;
  setOld(false);
  showDifferences();
}

/** @param {string} text @param {boolean} busy */
function showWordBar(text, busy) {
  $("word-bar").hidden = false;
  $("word-bar").classList.toggle("idle", !busy);
  $("word-text").textContent = text;
}

/** While Word is built anew, pages and differences of the build before stay, dimmed. */
function setOld(/** @type {boolean} */ old) {
  container.classList.toggle("word-old", old);
  $("panel-word").classList.toggle("old", old);
  $("diff-list").setAttribute("aria-busy", String(old));
}

export async function compareWord() {
  const state = app.state;
  if (!state || state.shown === null || !state.pages.length) return;
  const key = JSON.stringify([state.shown, state.unit]);
  if (key === word.shownFor) return;
  word.abort?.abort();
  const abort = word.abort = new AbortController();
  setOld(true);
  showWordBar("LibreOffice đang dựng tệp Word…", true);
  try {
    const result = await ask(address("word", pageParams()), { signal: abort.signal });
    if (abort.signal.aborted) return;
    word.shownFor = key;
    await showWord(result);
  } catch (error) {
    if (/** @type {any} */ (error)?.name === "AbortError" || /** @type {any} */ (error)?.status === 410) return;
    showWordBar(error instanceof Failure ? `${error.message} ${error.hint ?? ""}` : "Không dựng được tệp Word.", false);
  }
}

/** @param {{ pages: Page[], summary: string, differences: Difference[] }} result */
async function showWord({ pages, summary, differences }) {
  const sheets = pages.map((_, k) => word.sheets[k] ?? new Sheet("word"));
  const [first, last] = rowsInView();
  const near = sheets.map((sheet, k) => ({ sheet, id: pages[k].id, k })).filter(({ sheet, id, k }) => k >= first && k <= last && sheet.imageId !== id);
  const ready = await Promise.allSettled(near.map(async ({ sheet, id }) => ({ sheet, id, image: await sheet.load(id) })));
  if (!wordOn()) return;
  const anchor = anchorAt();
  pages.forEach((page, k) => sheets[k].take(page, `Tệp Word, trang ${k + 1} trên ${pages.length}`));
  for (const result of ready) if (result.status === "fulfilled") result.value.sheet.swap(result.value.image, result.value.id);
  Object.assign(word, { pages, sheets, differences, current: -1 });
  placeWord();
  layOut();
  goTo(anchor);
  setOld(false);
  showWordBar(summary, false);
  showDifferences();
  nearChanged();
}

/** Puts Word page n on the row of PDF page n; where one of them is missing, a gap. */
export function placeWord() {
  for (const row of app.extraRows) row.element.remove();
  for (const gap of word.gaps) gap.element.remove();
  for (const node of container.querySelectorAll(".sheet.word")) node.remove();
  app.extraRows = [];
  word.gaps = [];
  if (!word.pages.length) return;
  for (let k = 0; k < Math.max(app.sheets.length, word.pages.length); k++) {
    const pdf = app.sheets[k], other = word.sheets[k];
    let row = pdf && rowOf.get(pdf);
    if (!row) {
      row = make("div", "row");
      const gap = gapFor(word.pages[k], `Bản PDF không có trang ${k + 1}.`);
      row?.append(gap);
      container.append(/** @type {HTMLElement} */ (row));
      app.extraRows.push({ element: row, gap });
    }
    row?.append(other ? other.element : gapFor(pdf.page, `Tệp Word không có trang ${k + 1}.`));
  }
}

/** @param {Page} page @param {string} text */
function gapFor(page, text) {
  const element = make("div", "gap", text);
  element.style.setProperty("--w", String(page.width));
  element.style.setProperty("--h", String(page.height));
  word.gaps.push({ element, page });
  return element;
}
