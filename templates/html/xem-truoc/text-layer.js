// @ts-check
// The transparent text over a page: each line where it is printed, as wide as it is printed.

import { make } from "./dom.js";
import { endOf, faces, naturalWidth } from "./page-text.js";
/** @import { Page, Piece, Line, PageText } from "./types.js" */

/** @typedef {{ left: number, from: number, to: number, top: number, bottom: number, above: number, below: number }} Area where the letters
 * of a line are (left, top to bottom), and what belongs to it (from, to, above, below) */

/** @param {PageText} text @param {Page} page @param {Map<number, Text>} nodes */
export function paragraphsOf(text, page, nodes) {
  const areas = lineAreas(text, page);
  return text.paragraphs.map(({ heading, lines }) => {
    const node = make("p");
    if (heading > 0) {
      node.setAttribute("role", "heading");
      node.setAttribute("aria-level", String(heading));
    }
    node.append(...lines.map((line) => lineNode(line, areas.get(line), nodes)));
    return node;
  });
}

/** What the mouse may hit of each line: all the paper nearest to it. Without bare paper between lines a selection dragged through
 * margins and gaps stays where the pointer is; browsers guess wildly among lines that are placed one by one.
 * @param {PageText} text @param {Page} page @returns {Map<Line, Area>} */
function lineAreas(text, page) {
  const ends = text.paragraphs.flatMap((paragraph) => paragraph.lines).filter((line) => line.pieces.length).map((line) => {
    const { ascent, descent } = faces[line.pieces[0].face] ?? faces[0];
    return { line, left: line.pieces[0].x, right: endOf(line.pieces[line.pieces.length - 1]), from: 0, to: page.width,
      top: line.y - ascent * line.size, bottom: line.y + descent * line.size, above: 0, below: page.height };
  });
  for (const one of ends) {
    for (const other of ends) {
      if (other === one || Math.abs(other.line.y - one.line.y) > one.line.size) continue;
      if (other.left >= one.right) one.to = Math.min(one.to, (one.right + other.left) / 2);
      if (other.right <= one.left) one.from = Math.max(one.from, (one.left + other.right) / 2);
    }
    one.to = Math.max(one.to, one.right);
  }
  for (const one of ends) {
    for (const other of ends) {
      if (other === one || other.to <= one.from || other.from >= one.to) continue;
      if (other.line.y < one.line.y) one.above = Math.max(one.above, Math.min(one.top, (one.top + other.bottom) / 2));
      else if (other.line.y > one.line.y) one.below = Math.min(one.below, Math.max(one.bottom, (one.bottom + other.top) / 2));
    }
  }
  return new Map(ends.map((one) => [one.line, one]));
}

/** @param {Line} line @param {Area | undefined} area @param {Map<number, Text>} nodes */
function lineNode(line, area, nodes) {
  const node = make("span", "line");
  if (!area) return node;
  Object.assign(node.style, { left: `${area.from}px`, top: `${area.above}px`, width: `${area.to - area.from}px`, height: `${area.below - area.above}px`,
    paddingLeft: `${area.left - area.from}px`, paddingTop: `${area.top - area.above}px`, lineHeight: `${area.bottom - area.top}px`, fontSize: `${line.size}px` });
  if (line.joined) node.dataset.joined = "";
  let x = line.pieces[0].x;
  for (const piece of line.pieces) {
    const span = pieceNode(piece, line.size);
    if (Math.abs(piece.x - x) > 0.01) span.style.marginLeft = `${piece.x - x}px`;
    x = endOf(piece);
    node.append(span);
    nodes.set(piece.i, span.firstChild);
  }
  return node;
}

/** @param {Piece} piece @param {number} size */
function pieceNode(piece, size) {
  const span = make("span", `f${piece.face}`, piece.text);
  span.dataset.i = piece.i;
  const blanks = piece.text.split(/[ \u00a0]/).length - 1;
  const natural = naturalWidth(piece.text, piece.face) * size;
  const missing = piece.width - natural;
  if (Math.abs(missing) < 0.005 || natural === 0) return span;
  const fits = piece.width / natural;
  // A raised footnote number is smaller than its line; everything else differs by its blanks only.
  if (fits < 0.85 && (blanks === 0 || fits < 0.75)) span.style.fontSize = `${size * fits}px`;
  else if (blanks > 0) span.style.wordSpacing = `${missing / blanks}px`;
  else span.style.letterSpacing = `${missing / [...piece.text].length}px`;
  return span;
}
