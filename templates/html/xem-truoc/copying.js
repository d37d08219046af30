// @ts-check
// Copying from the text layer: what was one paragraph on paper is one line of text.

import { container } from "./state.js";

// Copying: what was one paragraph on paper is one line of text.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !event.clipboardData) return;
  const text = Array.from({ length: selection.rangeCount }, (_, n) => textOfRange(selection.getRangeAt(n))).join("\n");
  if (!text) return;
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
});

function textOfRange(/** @type {Range} */ range) {
  if (!container.contains(range.commonAncestorContainer) && !range.commonAncestorContainer.contains(container)) return "";
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  let result = "", paragraph = null, line = null;
  for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
    const piece = node.parentElement;
    if (!piece?.dataset.i || !range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (from >= to) continue;
    const thisLine = /** @type {HTMLElement} */ (piece.parentElement);
    if (thisLine.parentElement !== paragraph) result = result.trimEnd() + (paragraph ? "\n" : "");
    else if (thisLine !== line && line && !("joined" in line.dataset)) result = `${result.trimEnd()} `;
    paragraph = thisLine.parentElement;
    line = thisLine;
    result += node.data.slice(from, to);
  }
  return result;
}
