// @ts-check
// The transparent text over a page: each line where it is printed, as wide as it is printed.

import { make } from "./dom.js";
import { endOf, faces, naturalWidth } from "./page-text.js";
/** @import { Page, Piece, Line, PageText } from "./types.js" */

/** @param {PageText} text @param {Page} page @param {Map<number, Text>} nodes */
export function paragraphsOf(text, page, nodes) {
  const areas = lineAreas(text, page);
  return text.paragraphs.map(({ heading, lines }) => {
    const node = make("p");
    if (heading > 0) {
      node.setAttribute("role", "heading");
      node.setAttribute("aria-level", String(heading));
    }
    node.append(...lines.map((line) => lineNode(line, /** @type {any} */ (areas.get(line)), nodes)));
    return node;
  });
}

/** How far each line may be hit by the mouse: to its neighbours on the same row or the edges, so that a selection dragged through
 * the margin stays on its line.
 * @param {PageText} text @param {Page} page */
function lineAreas(text, page) {
  const lines = text.paragraphs.flatMap((paragraph) => paragraph.lines).filter((line) => line.pieces.length);
  const ends = lines.map((line) => ({ line, left: line.pieces[0].x, right: endOf(line.pieces[line.pieces.length - 1]) }));
  return new Map(ends.map(({ line, left, right }) => {
    let from = 0, to = page.width;
    for (const other of ends) {
      if (other.line === line || Math.abs(other.line.y - line.y) > line.size) continue;
      if (other.left >= right) to = Math.min(to, (right + other.left) / 2);
      if (other.right <= left) from = Math.max(from, (left + other.right) / 2);
    }
    return [line, { from, to: Math.max(to, right) }];
  }));
}

/** @param {Line} line @param {{ from: number, to: number } | undefined} area @param {Map<number, Text>} nodes */
function lineNode(line, area, nodes) {
  const node = make("span", "line");
  if (!area) return node;
  const { ascent, descent } = faces[line.pieces[0].face] ?? faces[0];
  const height = (ascent + descent) * line.size;
  Object.assign(node.style, { left: `${area.from}px`, top: `${line.y - ascent * line.size}px`, width: `${area.to - area.from}px`,
    height: `${height}px`, lineHeight: `${height}px`, fontSize: `${line.size}px`, paddingLeft: `${line.pieces[0].x - area.from}px` });
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
