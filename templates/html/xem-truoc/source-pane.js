// @ts-check
// The file, read-only, beside the pages. Lines are kept in chunks that are filled when near the view; an edit
// rebuilds only the chunks it touches.

import { $, clamp, make } from "./dom.js";
import { ask, report } from "./net.js";
import { isOpen, setPanel } from "./panels.js";
import { coloured, columnSpan, problemSpan, segments } from "./source-colours.js";
import { app, when } from "./state.js";
/** @import { Problem, State } from "./types.js" */

/** @typedef {{ element: any, rows: any, start: number, lines: string[], filled: boolean }} Chunk */

const CHUNK = 64;
let rowNumber = 0;

/** The file, read-only. Lines are kept in chunks that are filled when near the view; an edit rebuilds only the chunks it touches. */
export const source = {
  list: /** @type {HTMLElement} */ ($("source-lines")),
  id: /** @type {string | null} */ (null),
  files: /** @type {{ name: string, first_line: number, text: string }[]} */ ([]),
  file: 0,
  count: 0,
  chunks: /** @type {Chunk[]} */ ([]),
  /** The cursor's line, counted from 0, and a column to be marked there (from 1). */
  cursor: 0,
  column: /** @type {number | null} */ (null),
  /** @type {Map<number, Problem[]>} */
  found: new Map(),
  /** @type {Set<HTMLElement>} */
  decorated: new Set(),
  observer: /** @type {IntersectionObserver | null} */ (null),

  first() { return this.files[this.file]?.first_line ?? 1; },

  /** @param {{ name: string, first_line: number, text: string }[]} files */
  setFiles(files) {
    const name = this.files[this.file]?.name;
    this.files = files;
    this.file = Math.max(0, files.findIndex((file) => file.name === name));
    this.showNames();
    this.setText();
  },

  setFile(/** @type {number} */ file) {
    if (file === this.file || !this.files[file]) return;
    this.file = file;
    this.cursor = 0;
    this.column = null;
    this.showNames();
    this.setText();
    this.setProblems();
  },

  showNames() {
    const many = this.files.length > 1;
    $("source-name").textContent = many ? "" : this.files[0]?.name ?? "";
    $("source-files-label").hidden = !many;
    $("source-files").replaceChildren(...this.files.map((file, k) => new Option(file.name, String(k), false, k === this.file)));
  },

  setText() {
    const lines = (this.files[this.file]?.text ?? "").replace(/\r?\n$/, "").split(/\r?\n/);
    const old = this.chunks.flatMap((chunk) => chunk.lines);
    let head = 0, tail = 0;
    const shorter = Math.min(old.length, lines.length);
    while (head < shorter && old[head] === lines[head]) head++;
    while (tail < shorter - head && old[old.length - 1 - tail] === lines[lines.length - 1 - tail]) tail++;
    if (this.chunks.length && head === old.length && head === lines.length) return;
    const before = this.chunks.filter((chunk) => chunk.start + chunk.lines.length <= head);
    const after = this.chunks.filter((chunk) => chunk.start >= old.length - tail && !before.includes(chunk));
    const from = before.reduce((sum, chunk) => sum + chunk.lines.length, 0);
    const to = lines.length - after.reduce((sum, chunk) => sum + chunk.lines.length, 0);
    for (const chunk of this.chunks) if (!before.includes(chunk) && !after.includes(chunk)) this.drop(chunk);
    const fresh = this.split(lines, from, to);
    this.chunks = [...before, ...fresh, ...after];
    const anchor = after[0]?.element ?? null;
    for (const chunk of fresh) { this.list.insertBefore(chunk.element, anchor); this.observer?.observe(chunk.element); }
    let start = 0;
    for (const chunk of this.chunks) {
      chunk.start = start;
      chunk.rows.style.counterReset = `line ${start + this.first() - 1}`;
      start += chunk.lines.length;
    }
    this.count = lines.length;
    if (this.cursor >= old.length - tail) this.cursor += lines.length - old.length;
    this.cursor = clamp(this.cursor, 0, lines.length - 1);
  },

  /** @param {string[]} lines @param {number} from @param {number} to @returns {Chunk[]} */
  split(lines, from, to) {
    const parts = Math.ceil((to - from) / CHUNK), size = Math.ceil((to - from) / Math.max(1, parts));
    return Array.from({ length: parts }, (_, k) => {
      const start = from + k * size, part = lines.slice(start, Math.min(start + size, to));
      // Two elements: content-visibility contains counters, so the line counter has to start inside.
      const element = make("div", "chunk"), rows = make("div");
      element.setAttribute("role", "presentation");
      rows.setAttribute("role", "presentation");
      element.append(rows);
      element.style.minHeight = `${part.length * 20}px`;
      element.style.containIntrinsicHeight = `auto ${part.length * 20}px`;
      return { element, rows, start, lines: part, filled: false };
    });
  },

  drop(/** @type {Chunk} */ chunk) {
    this.observer?.unobserve(chunk.element);
    chunk.element.remove();
  },

  fill(/** @type {Chunk} */ chunk) {
    if (chunk.filled) return;
    chunk.filled = true;
    chunk.rows.append(...chunk.lines.map((_, k) => {
      const row = make("div");
      row.id = `dong-${rowNumber++}`;
      row.setAttribute("role", "option");
      this.draw(row, chunk.start + k, chunk.lines[k]);
      return row;
    }));
    chunk.element.style.minHeight = "";
  },

  chunkAt(/** @type {number} */ line) {
    return this.chunks.find((chunk) => line >= chunk.start && line < chunk.start + chunk.lines.length);
  },
  /** @returns {HTMLElement | null} */
  row(/** @type {number} */ line) {
    const chunk = this.chunkAt(line);
    if (!chunk) return null;
    this.fill(chunk);
    return chunk.rows.children[line - chunk.start];
  },

  lineOf(/** @type {Element} */ row) {
    const chunk = this.chunks.find(({ rows }) => rows === row.parentElement);
    return chunk ? chunk.start + Array.prototype.indexOf.call(chunk.rows.children, row) : null;
  },

  /** @param {HTMLElement} row @param {number} line @param {string} text */
  draw(row, line, text) {
    const problems = this.found.get(line) ?? [], isCursor = line === this.cursor;
    row.className = ["code", ...new Set(problems.map((problem) => problem.severity)), ...(isCursor ? ["cursor"] : [])].join(" ");
    row.setAttribute("aria-selected", String(isCursor));
    row.title = problems.map((problem) => problem.message).join("\n");
    const spans = [...coloured(text), ...problems.map((problem) => problemSpan(problem, text))];
    if (isCursor && this.column !== null) spans.push(columnSpan(text, this.column));
    row.replaceChildren(...segments(text, spans));
    const messages = problems.map((problem) => `${problem.severity === "error" ? "Lỗi" : "Cảnh báo"}: ${problem.message}`);
    row.setAttribute("aria-label", `Dòng ${line + this.first()}. ${text.trim() || "trống"}${messages.length ? `. ${messages.join(" ")}` : ""}`);
    if (problems.length || isCursor) this.decorated.add(row); else this.decorated.delete(row);
  },

  /** Draws again the rows that carry or carried a mark; all others stay as they are. */
  redraw() {
    const lines = new Set([this.cursor, ...this.found.keys()]);
    for (const row of [...this.decorated]) {
      const line = this.lineOf(row);
      if (line === null) this.decorated.delete(row); else lines.add(line);
    }
    for (const line of lines) {
      const chunk = this.chunkAt(line);
      if (chunk?.filled) this.draw(chunk.rows.children[line - chunk.start], line, chunk.lines[line - chunk.start]);
    }
    const row = this.chunkAt(this.cursor)?.filled ? this.row(this.cursor) : null;
    if (row) this.list.setAttribute("aria-activedescendant", row.id);
  },

  setProblems() {
    this.found = new Map();
    for (const problem of app.state?.problems ?? []) {
      if (problem.source !== this.file || problem.line === null) continue;
      const line = problem.line - this.first();
      this.found.set(line, [...(this.found.get(line) ?? []), problem]);
    }
    this.redraw();
  },

  /** @param {number} line from 0 @param {number | null} [column] */
  moveTo(line, column = null) {
    this.cursor = clamp(line, 0, Math.max(0, this.count - 1));
    this.column = column;
    this.row(this.cursor);
    this.redraw();
  },

  /** @param {number} file @param {number} line as numbered in the file @param {number | null} column */
  goTo(file, line, column) {
    $("toast").hidden = true;
    setPanel("source", true);
    this.setFile(file);
    this.moveTo(line - this.first(), column);
    const row = this.row(this.cursor);
    if (!row) return;
    row.scrollIntoView({ block: "center" });
    // Heights of chunks not seen before are guesses; once laid out, the line may have moved.
    requestAnimationFrame(() => row.scrollIntoView({ block: "nearest" }));
    row.classList.add("flash");
    setTimeout(() => row.classList.remove("flash"), 1300);
  },

  /** A pane that was hidden has met no scrolling yet. */
  refill() {
    if (!this.observer) {
      this.observer = new IntersectionObserver((entries) => {
        for (const entry of entries) {
          const chunk = entry.isIntersecting && this.chunks.find((candidate) => candidate.element === entry.target);
          if (chunk) this.fill(chunk);
        }
      }, { root: this.list, rootMargin: "800px" });
      for (const chunk of this.chunks) this.observer.observe(chunk.element);
    }
    this.row(this.cursor);
    this.redraw();
  },
};

export async function refreshSource(/** @type {State} */ state) {
  try {
    if (state.source !== null && state.source !== source.id) {
      const { files } = await ask(`source/${state.source}.json`);
      if (app.state?.source !== state.source) return;
      source.id = state.source;
      source.setFiles(files);
    }
    source.setProblems();
    if (isOpen("source")) source.refill();
  } catch (error) { report(error); }
}

when("panel-source", () => source.refill());
