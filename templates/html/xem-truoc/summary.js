// @ts-check
// What must agree with the pages at once: names, revision, counts, banner, links.

import { NO_WORD } from "./beside.js";
import { $, isNarrow } from "./dom.js";
import { address } from "./net.js";
import { announce } from "./notices.js";
import { isOpen, setPanel } from "./panels.js";
import { problemItem, sorted } from "./problems.js";
import { container, errorsOf, wordOn } from "./state.js";
/** @import { State } from "./types.js" */

/** What must agree with the pages at once: names, revision, counts, banner, links. */
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
  $("failed-text").textContent = `Tệp ${state.name} hiện có ${errors || "vài"} lỗi. Các trang dưới đây là của bản ${state.revision}, trước khi có lỗi.`;
  showEmpty(state);
  showLinks(state);
  $("unit-group").hidden = state.unit === null;
  if (state.units === null && isOpen("units")) setPanel("units", false);
  $("b-units").hidden = state.units === null;
  $("unit-name").textContent = state.unit ?? "";
  $("b-unit").title = state.unit === null ? "" : `${state.unit} – chọn đơn vị (u)`;
  for (const id of ["b-open", "click-opens-label", "help-editor"]) $(id).hidden = !state.editor;
  $("b-beside").setAttribute("aria-pressed", String(wordOn()));
  if (!state.word) $("b-beside").title = NO_WORD;
}

function revisionText(/** @type {State} */ state) {
  if (!state.failed) return `bản ${state.revision}`;
  if (isNarrow()) return state.revision === null ? "có lỗi" : `xem bản ${state.revision}`; // the banner says the rest
  return state.revision === null ? `bản ${state.attempt} có lỗi` : `đang xem bản ${state.revision} · bản ${state.attempt} có lỗi`;
}

export function announceState(/** @type {State} */ state) {
  const errors = errorsOf(state).length, warnings = state.problems.length - errors;
  if (state.failed) announce(`Bản ${state.attempt} có ${errors || "vài"} lỗi.${state.revision === null ? " Chưa có trang nào để xem." : ` Đang xem bản ${state.revision}.`}`);
  else announce(`Bản ${state.revision}: ${state.pages.length} trang, không có lỗi${warnings ? `, ${warnings} cảnh báo` : ""}.`);
}

function showEmpty(/** @type {State} */ state) {
  const empty = !state.pages.length;
  $("empty").hidden = !empty;
  container.hidden = empty;
  if (!empty) return;
  const errors = errorsOf(state).length;
  $("empty-title").textContent = "Chưa có trang nào để xem";
  $("empty-text").textContent = errors ? `Tệp ${state.name} có ${errors} lỗi. Sửa xong và lưu tệp, các trang sẽ hiện ở đây.` : `Tệp ${state.name} chưa cho ra trang nào.`;
  $("empty-list").replaceChildren(...sorted(state.problems).map((problem) => problemItem(problem, state)));
}

function showLinks(/** @type {State} */ state) {
  for (const kind of ["pdf", "docx"]) {
    const link = $(`a-${kind}`);
    if (state.revision === null || !state.pages.length) {
      link.removeAttribute("href");
      link.setAttribute("aria-disabled", "true");
    } else {
      link.href = address(`export/${state.revision}/${kind}`, { unit: state.unit });
      link.removeAttribute("aria-disabled");
    }
  }
}
