// @ts-check
// What must agree with the pages at once: names, revision, counts, banner, links.

import { NO_WORD } from "./beside.js";
import { $, isNarrow } from "./dom.js";
import { address } from "./net.js";
import { announce, toast } from "./notices.js";
import { isOpen, setPanel } from "./panels.js";
import { problemItem, sorted } from "./problems.js";
import { container, errorsOf, shortName, wordOn } from "./state.js";
/** @import { State } from "./types.js" */

export function showSummary(/** @type {State} */ state) {
  const errors = errorsOf(state).length, warnings = state.problems.length - errors;
  const title = state.title ?? state.name;
  document.title = `${state.failed ? "(có lỗi) " : ""}${title} – vanthu`;
  $("title").textContent = title;
  $("title").title = `${title} (${state.name})`;
  $("revision").textContent = revisionText(state);
  $("revision").classList.toggle("failed", state.failed);
  $("problem-count").textContent = String(state.problems.length);
  $("b-problems").classList.toggle("has-errors", errors > 0);
  $("b-problems").classList.toggle("has-warnings", errors === 0 && warnings > 0);
  $("failed").hidden = !state.failed || !state.pages.length;
  $("failed-text").textContent = `${faultyFile(state)} hiện có ${errors || "vài"} lỗi. Các trang dưới đây là của bản ${state.shown}, trước khi có lỗi.`;
  showEmpty(state);
  showLinks(state);
  for (const id of ["b-prev", "b-next", "page-number"]) $(id).disabled = !state.pages.length;
  $("unit-group").hidden = state.unit === null;
  if (state.units === null && isOpen("units")) setPanel("units", false);
  $("b-units").hidden = state.units === null;
  $("unit-name").textContent = shortName(state.unit ?? "");
  $("b-unit").title = state.unit === null ? "" : `${state.unit} – chọn đơn vị (u)`;
  for (const id of ["b-open", "click-opens-label", "help-editor"]) $(id).hidden = !state.editor;
  $("b-beside").setAttribute("aria-pressed", String(wordOn()));
  if (!state.word) $("b-beside").title = NO_WORD;
}

/** The file to look into; a list or a table may be at fault instead of the plan. */
function faultyFile(/** @type {State} */ state) {
  const names = new Set(errorsOf(state).map((problem) => problem.file?.split(/[\\/]/).pop() ?? state.name));
  return names.size === 1 ? `Tệp ${[...names][0]}` : "Các tệp của văn bản này";
}

function revisionText(/** @type {State} */ state) {
  if (!state.failed) return `bản ${state.shown}`;
  if (isNarrow()) return state.shown === null ? "có lỗi" : `xem bản ${state.shown}`; // the banner says the rest
  return state.shown === null ? `bản ${state.revision} có lỗi` : `đang xem bản ${state.shown} · bản ${state.revision} có lỗi`;
}

export function announceState(/** @type {State} */ state) {
  const errors = errorsOf(state).length, warnings = state.problems.length - errors;
  if (state.failed) announce(`Bản ${state.revision} có ${errors || "vài"} lỗi.${state.shown === null ? " Chưa có trang nào để xem." : ` Đang xem bản ${state.shown}.`}`);
  else announce(`Bản ${state.shown}: ${state.pages.length} trang, ${errors ? `${errors} lỗi ở tệp tải về` : "không có lỗi"}${warnings ? `, ${warnings} cảnh báo` : ""}.`);
}

function showEmpty(/** @type {State} */ state) {
  const empty = !state.pages.length;
  $("empty").hidden = !empty;
  container.hidden = empty;
  if (!empty) return;
  const errors = errorsOf(state).length;
  $("empty-title").textContent = "Chưa có trang nào để xem";
  $("empty-text").textContent = errors ? `${faultyFile(state)} có ${errors} lỗi. Sửa xong và lưu tệp, các trang sẽ hiện ở đây.` : `Tệp ${state.name} chưa cho ra trang nào.`;
  $("empty-list").replaceChildren(...sorted(state.problems).map((problem) => problemItem(problem, state)));
}

/** Why a file cannot be had, by format. A link without an address says it when it is pressed. */
const refused = /** @type {Record<string, string>} */ ({});
const LINKS = { pdf: "Tải bản PDF đang xem", docx: "Tải tệp Word của bản đang xem" };

function showLinks(/** @type {State} */ state) {
  for (const kind of /** @type {const} */ (["pdf", "docx"])) {
    const link = $(`a-${kind}`);
    const why = state.refused[kind];
    refused[kind] = why ? `Chưa ghi được tệp này. ${why}` : "Chưa có trang nào để tải về.";
    link.title = why ? refused[kind] : LINKS[kind];
    if (state.shown === null || !state.pages.length || why) {
      link.removeAttribute("href");
      link.setAttribute("aria-disabled", "true");
      link.tabIndex = 0; // without an address the browser leaves it out
    } else {
      link.href = address(`export/${state.shown}/${kind}`, { unit: state.unit });
      link.removeAttribute("aria-disabled");
    }
  }
}

for (const kind of ["pdf", "docx"]) {
  const link = $(`a-${kind}`);
  const say = () => { if (!link.hasAttribute("href")) toast(refused[kind] ?? "Chưa có trang nào để tải về."); };
  link.addEventListener("click", say);
  link.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") say(); });
}
