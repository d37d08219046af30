// @ts-check
// The cursor line of the source pane: mouse, keys, and the way to the user's editor.

import { $, clamp } from "./dom.js";
import { openEditor, showLineSoon } from "./places.js";
import { change, settings } from "./settings.js";
import { source } from "./source-pane.js";
import { app } from "./state.js";

/** @param {number} line from 0 */
function sourceMoved(line) {
  source.moveTo(line);
  source.row(source.cursor)?.scrollIntoView({ block: "nearest" });
  showLineSoon(source.file, source.cursor + source.first());
}

source.list.addEventListener("click", (event) => {
  const row = /** @type {Element} */ (event.target).closest(".code");
  if (!row || !getSelection()?.isCollapsed) return;
  const line = source.lineOf(row);
  if (line === null) return;
  sourceMoved(line);
  if (app.state?.editor && (event.ctrlKey || event.metaKey)) openCursorLine();
});
source.list.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const page = Math.max(1, Math.floor(source.list.clientHeight / 20) - 2);
  const target = { ArrowUp: source.cursor - 1, ArrowDown: source.cursor + 1, PageUp: source.cursor - page, PageDown: source.cursor + page, Home: 0, End: source.count - 1 }[event.key];
  if (event.key === "Enter" && app.state?.editor) openCursorLine();
  else if (target === undefined) return;
  else sourceMoved(clamp(target, 0, source.count - 1));
  event.preventDefault();
});
export function openCursorLine() {
  if (app.state?.editor) openEditor(source.file, source.cursor + source.first(), source.column);
}

export function wireSource() {
  $("source-files").addEventListener("change", () => { source.setFile(Number($("source-files").value)); source.refill(); });
  $("click-opens").checked = settings.clickOpens;
  $("click-opens").addEventListener("change", () => change({ clickOpens: $("click-opens").checked }));
}
