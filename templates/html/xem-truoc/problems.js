// @ts-check
// Errors and warnings: the list, and going from one to its line and its place on paper.

import { $, isNarrow, make } from "./dom.js";
import { announce, toast } from "./notices.js";
import { focusPanel, setPanel } from "./panels.js";
import { openEditor, showLine } from "./places.js";
import { source } from "./source-pane.js";
import { app } from "./state.js";
/** @import { Problem, State } from "./types.js" */

export const sorted = (/** @type {Problem[]} */ problems) => [...problems.filter((p) => p.severity === "error"), ...problems.filter((p) => p.severity !== "error")];
let chosenProblem = -1;

function whereText(/** @type {Problem} */ problem, /** @type {State} */ state) {
  const parts = [];
  if (problem.file !== null && problem.file.split(/[\\/]/).pop() !== state.name) parts.push(problem.file);
  if (problem.line !== null) parts.push(`dòng ${problem.line}`);
  if (problem.cell !== null) parts.push(`ô ${problem.cell}`);
  return parts.join(", ");
}

/** @param {Problem} problem @param {State} state */
export function problemItem(problem, state) {
  const item = make("li", problem.severity), choose = make("button", "choose"), where = make("span", "where");
  where.append(make("b", "", problem.severity === "error" ? "Lỗi" : "Cảnh báo"));
  const place = whereText(problem, state);
  if (place) where.append(` · ${place}`);
  if (problem.code) where.append(` · ${problem.code}`);
  choose.append(where, problem.message);
  if (problem.hint) choose.append(make("span", "hint", problem.hint));
  choose.addEventListener("click", () => goToProblem(problem));
  item.append(choose);
  if (state.editor && problem.source !== null && problem.line !== null) {
    const open = make("button", "open", "Mở trong trình soạn thảo");
    open.addEventListener("click", () => openEditor(/** @type {number} */ (problem.source), /** @type {number} */ (problem.line), problem.column));
    item.append(open);
  }
  return item;
}

let problemsShown = "";
export function showProblems(/** @type {State} */ state) {
  const key = JSON.stringify([state.problems, state.name, state.editor]);
  if (key === problemsShown) return;
  problemsShown = key;
  chosenProblem = -1;
  const had = $("problem-list").contains(document.activeElement);
  $("no-problems").hidden = state.problems.length > 0;
  $("problem-list").hidden = state.problems.length === 0;
  $("problem-list").replaceChildren(...sorted(state.problems).map((problem) => problemItem(problem, state)));
  if (had) focusPanel("problems");
}

function goToProblem(/** @type {Problem} */ problem) {
  if (!app.state) return;
  chosenProblem = sorted(app.state.problems).indexOf(problem);
  [...$("problem-list").querySelectorAll(".choose")].forEach((node, k) => {
    if (k === chosenProblem) { node.setAttribute("aria-current", "true"); node.scrollIntoView({ block: "nearest" }); }
    else node.removeAttribute("aria-current");
  });
  if (problem.source === null || problem.line === null) {
    const place = whereText(problem, app.state);
    toast(place ? `Chỗ này không nằm trong tệp đang hiện: ${place}.` : problem.message);
    return;
  }
  source.goTo(problem.source, problem.line, problem.column ?? null);
  showLine(problem.source, problem.line, problem);
}

export function stepProblem(/** @type {number} */ by) {
  const list = sorted(app.state?.problems ?? []);
  if (!list.length) return toast("Không có lỗi hay cảnh báo nào.");
  const next = chosenProblem < 0 && by < 0 ? list.length - 1 : (chosenProblem + by + list.length) % list.length;
  const problem = list[next];
  if (!isNarrow()) setPanel("problems", true);
  goToProblem(problem);
  announce(`${problem.severity === "error" ? "Lỗi" : "Cảnh báo"} ${next + 1} trên ${list.length}: ${problem.message}`);
}
