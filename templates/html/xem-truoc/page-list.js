// @ts-check
// The list of pages at the left, and the number of the current page in the toolbar.

import { $, isNarrow, make } from "./dom.js";
import { currentIndex, showZoom } from "./geometry.js";
import { goToPage } from "./scrolling.js";
import { app, when } from "./state.js";

let shownIndex = -1;
export function showCurrentPage() {
  const index = currentIndex(), count = app.sheets.length;
  if (document.activeElement !== $("page-number")) $("page-number").value = count ? String(index + 1) : "–";
  $("page-count").textContent = count ? `/ ${count}` : "/ –";
  const items = $("outline-list").children;
  if (shownIndex !== index || !items[index]?.firstChild.hasAttribute("aria-current")) {
    items[shownIndex]?.firstChild.removeAttribute("aria-current");
    const item = items[index];
    item?.firstChild.setAttribute("aria-current", "page");
    if (item && !isNarrow()) keepInView($("outline"), item);
    shownIndex = index;
  }
  if (app.sheets.length) showZoom();
}
/** @param {HTMLElement} box @param {HTMLElement} item */
function keepInView(box, item) {
  const top = item.offsetTop - box.offsetTop;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + item.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + item.offsetHeight - box.clientHeight;
}

export function showOutline(/** @type {number[]} */ changed) {
  const list = $("outline-list");
  while (list.children.length > app.sheets.length) list.lastChild.remove();
  while (list.children.length < app.sheets.length) list.append(outlineItem(list.children.length));
  const marked = new Set(changed);
  app.sheets.forEach(({ page }, k) => {
    const link = list.children[k].firstChild, longest = Math.max(page.width, page.height);
    link.firstChild.style.setProperty("--w", String(page.width / longest));
    link.firstChild.style.setProperty("--h", String(page.height / longest));
    link.classList.remove("changed");
    if (marked.has(k)) { void link.firstChild.offsetWidth; link.classList.add("changed"); }
  });
}

function outlineItem(/** @type {number} */ index) {
  const item = make("li"), link = make("a");
  link.href = `#trang=${index + 1}`;
  link.setAttribute("aria-label", `Trang ${index + 1}`);
  link.append(make("span", "", String(index + 1)));
  link.addEventListener("click", (/** @type {MouseEvent} */ event) => { event.preventDefault(); goToPage(index); });
  item.append(link);
  return item;
}

when("scroll", showCurrentPage);
