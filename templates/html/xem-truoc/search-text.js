// @ts-check
// Finding a text in the pages: across lines, without case, and without Vietnamese marks when the query has none.

import { fold } from "./dom.js";
/** @import { Line, PageText } from "./types.js" */

/** One paragraph as it is searched: letters, and for each the piece and offset it came from.
 * @param {Line[]} lines @param {(letter: string) => string} prepare */
function searchable(lines, prepare) {
  let text = "";
  /** @type {{ i: number, at: number }[]} */
  const origin = [];
  const add = (/** @type {string} */ letters, /** @type {number} */ i, /** @type {number} */ at) => {
    if (letters === " " && (text === "" || text.endsWith(" "))) return;
    for (const letter of letters.split("")) { text += letter; origin.push({ i, at }); }
  };
  lines.forEach((line, k) => {
    for (const piece of line.pieces) {
      for (let at = 0; at < piece.text.length; at++) add(/\s/.test(piece.text[at]) ? " " : prepare(piece.text[at]), piece.i, at);
    }
    if (k + 1 < lines.length && !line.joined) add(" ", -1, 0);
  });
  return { text, origin };
}

/** @typedef {ReturnType<typeof searchable>} Searchable */
/** @type {{ plain: WeakMap<PageText, Searchable[]>, marked: WeakMap<PageText, Searchable[]> }} */
const prepared = { plain: new WeakMap(), marked: new WeakMap() };

/** The paragraphs of a page as they are searched, made once. @param {PageText} text @param {boolean} plain */
function paragraphsToSearch(text, plain) {
  const cache = plain ? prepared.plain : prepared.marked;
  let result = cache.get(text);
  if (!result) {
    result = text.paragraphs.map(({ lines }) => searchable(lines, plain ? foldLetter : (letter) => letter.toLowerCase()));
    cache.set(text, result);
  }
  return result;
}

/** @type {Map<string, string>} */
const folded = new Map();
function foldLetter(/** @type {string} */ letter) {
  let result = folded.get(letter);
  if (result === undefined) folded.set(letter, result = fold(letter));
  return result;
}

/** What was found on a page; `rest` where it goes on at the top of the next one.
 * @typedef {{ page: number, parts: { i: number, from: number, to: number }[], rest?: Hit }} Hit */

/** The pieces that some letters came from. @param {{ i: number, at: number }[]} letters */
function partsOf(letters) {
  /** @type {Hit["parts"]} */
  const parts = [];
  for (const { i, at } of letters) {
    if (i < 0) continue;
    const last = parts[parts.length - 1];
    if (last?.i === i) last.to = at + 1; else parts.push({ i, from: at, to: at + 1 });
  }
  return parts;
}

/** @param {PageText} text @param {string} query @param {number} page @param {boolean} plain @returns {Hit[]} */
export function hitsIn(text, query, page, plain) {
  const hits = [];
  for (const { text: letters, origin } of paragraphsToSearch(text, plain)) {
    for (let at = letters.indexOf(query); at >= 0; at = letters.indexOf(query, at + query.length)) {
      const parts = partsOf(origin.slice(at, at + query.length));
      if (parts.length) hits.push({ page, parts });
    }
  }
  return hits;
}

/** What begins at the end of one page and ends at the top of the next.
 * @param {PageText} before @param {PageText} text @param {string} query @param {number} page of `before` @param {boolean} plain @returns {Hit[]} */
export function hitsOver(before, text, query, page, plain) {
  /** @type {Hit[]} */
  const hits = [];
  text.paragraphs.forEach(({ continues }, k) => {
    const first = continues && paragraphsToSearch(before, plain)[continues.paragraph], second = paragraphsToSearch(text, plain)[k];
    if (!first) return;
    const tail = first.text.slice(-query.length), between = continues.joined || tail.endsWith(" ") ? "" : " ";
    const letters = tail + between + second.text.slice(0, query.length), over = tail.length + between.length;
    for (let at = letters.indexOf(query); at >= 0; at = letters.indexOf(query, at + 1)) {
      if (at >= tail.length || at + query.length <= over) continue; // wholly on one page
      const start = first.text.length - tail.length;
      const parts = partsOf(first.origin.slice(start + at)), rest = partsOf(second.origin.slice(0, at + query.length - over));
      if (parts.length && rest.length) hits.push({ page, parts, rest: { page: page + 1, parts: rest } });
    }
  });
  return hits;
}
