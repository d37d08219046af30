// @ts-check
// The keys.

import { setBeside } from "./beside.js";
import { stepDifference } from "./differences.js";
import { $, isNarrow } from "./dom.js";
import { currentIndex } from "./geometry.js";
import { clearMarks } from "./marks.js";
import { toast } from "./notices.js";
import { closeMenu, isOpen, setPanel, toggle } from "./panels.js";
import { goToSelection } from "./places.js";
import { printAll } from "./printing.js";
import { stepProblem } from "./problems.js";
import { goToPage } from "./scrolling.js";
import { closeSearch, openSearch } from "./search.js";
import { openCursorLine } from "./source-cursor.js";
import { source } from "./source-pane.js";
import { app, view, wordOn } from "./state.js";
import { stepUnit } from "./units.js";
import { setZoom, stepZoom } from "./zoom.js";

/** @type {Record<string, () => void>} */
const KEYS = {
  "+": () => stepZoom(1), "=": () => stepZoom(1), "-": () => stepZoom(-1), "−": () => stepZoom(-1),
  "0": () => setZoom("width"), "1": () => setZoom(1), w: () => setZoom("page"), "ư": () => setZoom("page"), // what Telex makes of w
  g: () => { $("page-number").focus(); $("page-number").select(); },
  n: () => goToPage(currentIndex() + 1), j: () => goToPage(currentIndex() + 1),
  p: () => goToPage(currentIndex() - 1), k: () => goToPage(currentIndex() - 1),
  "/": openSearch, d: () => toggle("problems"), s: () => toggle("source"),
  u: () => { if (app.state?.units) toggle("units"); else toast("Đang xem một văn bản, không có danh sách đơn vị."); },
  b: () => setBeside(!wordOn()), ",": () => stepDifference(-1), ".": () => stepDifference(1),
  l: () => { goToSelection(); }, e: () => { if (app.state?.editor) openCursorLine(); else toast("Muốn mở trình soạn thảo từ trang này, chạy lại vanthu preview với tùy chọn --editor."); }, "?": () => $("help").showModal(),
};

const isTyping = (/** @type {any} */ node) => node instanceof HTMLInputElement && node.type !== "checkbox" || node instanceof HTMLSelectElement;

/** Whether the browser scrolls something by itself for a key pressed there; from a button in the toolbar it does not. */
const inScroller = (/** @type {any} */ node) => node instanceof Element && Boolean(node.closest(".view, .scroll, .outline"));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || $("help").open) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "p") { event.preventDefault(); printAll(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "F8") { event.preventDefault(); stepProblem(event.shiftKey ? -1 : 1); return; }
  if (event.key === "Escape") { closeSomething(); return; }
  if (isTyping(event.target)) return;
  if (event.key === "Enter" && event.target === view && !getSelection()?.isCollapsed) { goToSelection(); return; }
  if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && app.state?.units && !source.list.contains(/** @type {Node} */ (event.target)) && event.target !== $("dock-grip")) {
    event.preventDefault();
    stepUnit(event.key === "ArrowRight" ? 1 : -1);
    return;
  }
  if ((event.key === "PageDown" || event.key === "PageUp") && !inScroller(event.target)) {
    event.preventDefault();
    view.scrollBy({ top: (event.key === "PageDown" ? 0.9 : -0.9) * view.clientHeight });
    return;
  }
  const work = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!work) return;
  event.preventDefault();
  work();
});

/** Esc closes what is nearest: the menu, the panel with the focus, the search box, then the last panel. */
function closeSomething() {
  if ($("tools").classList.contains("open")) { closeMenu(); $("b-menu").focus(); return; }
  $("toast").hidden = true;
  const inside = document.activeElement?.closest(".panel")?.id.slice("panel-".length);
  if (!inside && !$("search").hidden) return closeSearch();
  const open = inside ?? ["source", "units", "problems", "word"].find(isOpen);
  if (!open) { clearMarks("place"); view.focus({ preventScroll: true }); return; }
  if (open === "word" && !isNarrow()) setBeside(false);
  else setPanel(open, false);
}
