// @ts-check
// The text of the pages as the server tells it, and the measures of the fonts it is set in.

import { ask } from "./net.js";
/** @import { Page, Piece, PageText, Box } from "./types.js" */

/** @type {Map<string, Promise<PageText>>} */
const texts = new Map();
let textRequests = 0;
/** @type {(() => void)[]} */
const textQueue = [];

/** The text of a page. Three requests at a time: browsers allow six per server, and pages to be seen come first. */
export function pageText(/** @type {string} */ id) {
  let text = texts.get(id);
  if (!text) {
    text = (async () => {
      if (textRequests >= 3) await new Promise((go) => textQueue.push(() => go(null)));
      textRequests++;
      try { return await ask(`page/${id}.json`); } finally { textRequests--; textQueue.shift()?.(); }
    })();
    texts.set(id, text);
    text.catch(() => texts.delete(id));
  }
  return text;
}

export function forgetOldTexts(/** @type {Page[]} */ pages) {
  if (texts.size < pages.length + 200) return;
  const wanted = new Set(pages.map((page) => page.id));
  for (const id of texts.keys()) if (!wanted.has(id)) texts.delete(id);
}

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
export const faces = [0, 1, 2, 3].map((n) => ({ font: `1000px "vanthu-${n}", serif`, ascent: 0.891, descent: 0.216, advances: /** @type {Map<string, number>} */ (new Map()) }));
export const fontsReady = Promise.allSettled(faces.map((face) => document.fonts.load(face.font))).then(() => {
  for (const face of faces) {
    pen.font = face.font;
    const metrics = pen.measureText("Ẵg");
    if (metrics.fontBoundingBoxAscent) {
      face.ascent = metrics.fontBoundingBoxAscent / 1000;
      face.descent = metrics.fontBoundingBoxDescent / 1000;
    }
  }
});

/** Width of a text at 1 px. Letter by letter, which is right because pages are set without kerning and ligatures. */
export function naturalWidth(/** @type {string} */ text, /** @type {number} */ face) {
  const { advances, font } = faces[face] ?? faces[0];
  let sum = 0;
  for (const letter of text) {
    let width = advances.get(letter);
    if (width === undefined) {
      pen.font = font;
      width = pen.measureText(letter).width / 1000;
      advances.set(letter, width);
    }
    sum += width;
  }
  return sum;
}

export const endOf = (/** @type {Piece} */ piece) => piece.x + piece.width;

/** @param {PageText} text @returns {Map<number, Box & { text: string, face: number }>} */
export function pieceBoxes(text) {
  const boxes = new Map();
  for (const { lines } of text.paragraphs) for (const line of lines) for (const piece of line.pieces) {
    const { ascent, descent } = faces[piece.face] ?? faces[0];
    boxes.set(piece.i, { x: piece.x, y: line.y - ascent * line.size, width: piece.width, height: (ascent + descent) * line.size, text: piece.text, face: piece.face });
  }
  return boxes;
}
