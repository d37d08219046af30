// @ts-check
// Where a line of the source is coloured, underlined or marked.

import { make } from "./dom.js";
/** @import { Problem } from "./types.js" */

/** @typedef {{ from: number, to: number, className: string, title: string }} Span */

/** Keys, comments and {{ }} of YAML: enough to find one's way, no more. @returns {Span[]} */
export function coloured(/** @type {string} */ text) {
  if (/^\s*#/.test(text)) return [{ from: 0, to: text.length, className: "comment", title: "" }];
  const spans = [];
  const key = /^(\s*(?:- )*)([a-z_][\w.]*):(?=\s|$)/.exec(text);
  if (key) spans.push({ from: key[1].length, to: key[1].length + key[2].length, className: "key", title: "" });
  for (const hit of text.matchAll(/\{\{.*?\}\}/g)) spans.push({ from: hit.index, to: hit.index + hit[0].length, className: "value", title: "" });
  return spans;
}

/** Columns count characters, JavaScript counts UTF-16 units. */
function offsetOf(/** @type {string} */ text, /** @type {number} */ column) {
  return [...text].slice(0, column - 1).join("").length;
}
/** @param {Problem} problem @param {string} text @returns {Span} */
export function problemSpan(problem, text) {
  const from = problem.column === null ? text.length - text.trimStart().length : offsetOf(text, problem.column);
  const sameLine = problem.end_line === null || problem.end_line === problem.line;
  const to = sameLine && problem.column !== null && problem.end_column !== null ? offsetOf(text, problem.end_column) : text.length;
  return { from: Math.min(from, Math.max(0, text.length - 1)), to: Math.max(to, from + 1), className: `m-${problem.severity}`, title: problem.message };
}
/** The word at a column. @returns {Span} */
export function columnSpan(/** @type {string} */ text, /** @type {number} */ column) {
  const at = Math.min(offsetOf(text, column), Math.max(0, text.length - 1));
  const before = /[\p{L}\p{M}\p{N}_]*$/u.exec(text.slice(0, at))?.[0].length ?? 0;
  const after = /^[\p{L}\p{M}\p{N}_]+/u.exec(text.slice(at))?.[0].length ?? 0;
  return after ? { from: at - before, to: at + after, className: "column", title: "" } : { from: at, to: at + 1, className: "column", title: "" };
}

/** Cuts a text where spans begin or end. @param {string} text @param {Span[]} spans @returns {Node[]} */
export function segments(text, spans) {
  if (!spans.length) return [new Text(text)];
  const cuts = [...new Set([0, text.length, ...spans.flatMap(({ from, to }) => [from, to])])].filter((at) => at <= text.length).sort((a, b) => a - b);
  return cuts.slice(1).map((to, k) => {
    const from = cuts[k], part = text.slice(from, to), over = spans.filter((span) => span.from <= from && span.to >= to);
    if (!over.length) return new Text(part);
    const node = make("span", over.map((span) => span.className).join(" "), part);
    const title = over.map((span) => span.title).filter(Boolean).join("\n");
    if (title) node.title = title;
    return node;
  });
}
