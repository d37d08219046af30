// @ts-check
// The buttons of the toolbar and of the bars.

import { setBeside } from "./beside.js";
import { stepDifference } from "./differences.js";
import { $, isNarrow, onClick } from "./dom.js";
import { currentIndex } from "./geometry.js";
import { showCurrentPage } from "./page-list.js";
import { closeMenu, PANELS, setPanel, toggle } from "./panels.js";
import { goToPage } from "./scrolling.js";
import { closeSearch, openSearch } from "./search.js";
import { change, settings } from "./settings.js";
import { openCursorLine } from "./source-cursor.js";
import { view, wordOn } from "./state.js";
import { stepUnit } from "./units.js";
import { setZoom, stepZoom } from "./zoom.js";

export function wireToolbar() {
  onClick("b-prev", () => goToPage(currentIndex() - 1));
  onClick("b-next", () => goToPage(currentIndex() + 1));
  onClick("b-in", () => stepZoom(1));
  onClick("b-out", () => stepZoom(-1));
  onClick("b-full", () => setZoom(1));
  onClick("b-width", () => setZoom("width"));
  onClick("b-page", () => setZoom("page"));
  onClick("b-search", () => ($("search").hidden ? openSearch() : closeSearch()));
  onClick("b-source", () => toggle("source"));
  onClick("b-problems", () => toggle("problems"));
  onClick("b-failed", () => setPanel("problems", true, true));
  onClick("b-units", () => toggle("units"));
  onClick("b-unit", () => toggle("units"));
  onClick("b-unit-prev", () => stepUnit(-1));
  onClick("b-unit-next", () => stepUnit(1));
  onClick("b-beside", () => setBeside(!wordOn()));
  onClick("b-help", () => { closeMenu(); $("help").showModal(); });
  onClick("b-diff-prev", () => stepDifference(-1));
  onClick("b-diff-next", () => stepDifference(1));
  onClick("b-open", openCursorLine);
  onClick("b-outline", () => setOutline(!settings.outline));
  onClick("b-menu", () => $("b-menu").setAttribute("aria-expanded", String($("tools").classList.toggle("open"))));
  document.addEventListener("pointerdown", (event) => {
    if (!(event.target instanceof Element && event.target.closest("#tools, #b-menu"))) closeMenu();
  });
  onClick("skip", () => view.focus());
  $("skip").addEventListener("click", (/** @type {Event} */ event) => event.preventDefault());
  for (const name of Object.keys(PANELS)) {
    $(`panel-${name}`).querySelector(".close").addEventListener("click", () => (name === "word" && !isNarrow() ? setBeside(false) : setPanel(name, false)));
  }
  const box = $("page-number");
  box.addEventListener("focus", () => box.select());
  box.addEventListener("change", () => { const page = Number.parseInt(box.value, 10); if (page > 0) goToPage(page - 1); });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") view.focus({ preventScroll: true }); });
  box.addEventListener("blur", () => showCurrentPage());
}

export function setOutline(/** @type {boolean} */ on) {
  change({ outline: on });
  $("outline").hidden = !on;
  $("b-outline").setAttribute("aria-pressed", String(on));
}
