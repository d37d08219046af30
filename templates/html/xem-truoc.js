// @ts-check
// The page of `vanthu preview`: printed pages that follow a file while it is edited elsewhere.
//
// Order of work after a `state` event, because the time until the new page is seen matters most:
//   1. fetch and decode the changed pages in view (showState), 2. swap them in one go (commit), 3. once they are painted,
//   do the rest (afterShown): text layers, source pane, lists, pages out of view, the Word view.
// Geometry (where each row of sheets lies) is computed, never read back, so that no step forces a layout.

/** @typedef {{ id: string, width: number, height: number }} Page */
/** @typedef {{ i: number, x: number, width: number, text: string, face: number }} Piece */
/** @typedef {{ y: number, size: number, pieces: Piece[], joined: boolean }} Line */
/** @typedef {{ paragraphs: { heading: number, lines: Line[] }[] }} PageText */
/** @typedef {{ severity: "error" | "warning", code: string | null, file: string | null, source: number | null, line: number | null,
 *   column: number | null, end_line: number | null, end_column: number | null, cell: string | null, message: string, hint: string | null }} Problem */
/** @typedef {{ attempt: number, revision: number | null, failed: boolean, name: string, title: string | null, unit: string | null,
 *   pages: Page[], problems: Problem[], source: string | null, units: string | null, word: boolean, editor: boolean }} State */
/** @typedef {{ x: number, y: number, width: number, height: number }} Box */
/** @typedef {{ key: string, label: string, line: number | null, fault: boolean }} Unit */

// ---------------------------------------------------------------- Small helpers

/** @returns {any} */
const $ = (/** @type {string} */ id) => document.getElementById(id);
const clamp = (/** @type {number} */ n, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, n));
const isNarrow = () => matchMedia("(max-width: 760px)").matches;
const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const whenIdle = "requestIdleCallback" in window
  ? (/** @type {() => void} */ work) => void requestIdleCallback(work, { timeout: 500 })
  : (/** @type {() => void} */ work) => void setTimeout(work, 30);

/** @param {string} tag @param {string} [className] @param {string | null} [text] @returns {any} */
function make(tag, className = "", text = null) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== null) node.textContent = text;
  return node;
}

/** Runs `work` once the current frame is on the screen; a hidden tab has no frames. */
function afterPaint(/** @type {() => void} */ work) {
  if (document.hidden) setTimeout(work, 0);
  else requestAnimationFrame(() => requestAnimationFrame(work));
}

/** @template {any[]} A @param {number} wait @param {(...args: A) => void} work */
function debounce(wait, work) {
  let timer = 0;
  return (/** @type {A} */ ...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), wait);
  };
}

/** At most one run per frame. */
function perFrame(/** @type {() => void} */ work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => { asked = false; work(); };
    if (document.hidden) setTimeout(run, 0);
    else requestAnimationFrame(run);
  };
}

/** Letters without case and Vietnamese marks: “Đà Lạt” → “da lat”. */
const fold = (/** @type {string} */ text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

class Failure extends Error {
  /** @param {number} status @param {string} message @param {string | null} hint */
  constructor(status, message, hint) {
    super(message);
    this.status = status;
    this.hint = hint;
  }
}

/** @param {string} path @param {Record<string, string | number | null | undefined>} params */
function address(path, params) {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== null && value !== undefined) query.set(key, String(value));
  return query.size ? `${path}?${query}` : path;
}

/** @param {string} url @param {RequestInit} [options] */
async function ask(url, options) {
  const answer = await fetch(url, options);
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const body = await answer.json().catch(() => ({}));
  throw new Failure(answer.status, body.message ?? "vanthu không trả lời được yêu cầu này.", body.hint ?? null);
}

/** Tells the user of a failure, unless it is of no account: 410 says that a newer state is on its way. */
function report(/** @type {any} */ error) {
  if (error?.name === "AbortError" || error?.status === 410) return;
  if (error instanceof Failure) toast(error.hint ? `${error.message} ${error.hint}` : error.message);
  else if (!(error instanceof TypeError)) throw error; // TypeError: no connection; the bar says so already
}

let toastTimer = 0;
function toast(/** @type {string} */ message) {
  const node = $("toast");
  node.hidden = false;
  node.textContent = message;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, 3000 + message.length * 40);
}

// At most once a second, and only the newest: typing must not make a screen reader chatter.
let announcedAt = 0, announceTimer = 0;
function announce(/** @type {string} */ message) {
  clearTimeout(announceTimer);
  announceTimer = setTimeout(() => { announcedAt = performance.now(); $("status").textContent = message; },
    Math.max(0, announcedAt + 1000 - performance.now()));
}

// ---------------------------------------------------------------- What is kept

const settings = Object.assign({ zoom: /** @type {"width" | "page" | number} */ ("width"), panels: /** @type {string[]} */ ([]), outline: true,
  beside: false, dock: 34, order: "list", clickOpens: false }, stored(localStorage, "vanthu-preview"));
const placeKey = `vanthu-preview:${location.pathname}`;

/** @param {Storage} storage @param {string} key */
function stored(storage, key) {
  try { return JSON.parse(storage.getItem(key) ?? "null"); } catch { return null; }
}
/** @param {Storage} storage @param {string} key @param {unknown} value */
function keep(storage, key, value) {
  try { storage.setItem(key, JSON.stringify(value)); } catch { /* private windows may refuse; nothing is lost but comfort */ }
}
function change(/** @type {Partial<typeof settings>} */ values) {
  Object.assign(settings, values);
  keep(localStorage, "vanthu-preview", settings);
}

// ---------------------------------------------------------------- Sheets

/** One sheet of paper on the screen; it outlives the looks it shows. */
class Sheet {
  /** @param {"page" | "word"} kind */
  constructor(kind) {
    this.kind = kind;
    /** @type {Page} */
    this.page = { id: "", width: 595.28, height: 841.89 };
    this.scale = 1;
    this.imageId = "";
    this.textId = "";
    /** @type {{ id: string, done: Promise<HTMLImageElement> } | null} */
    this.loading = null;
    /** @type {Map<number, Text>} */
    this.pieceNodes = new Map();
    this.element = make("section", `sheet ${kind}`);
    this.image = null;
    this.text = make("div", "layer text");
    this.marks = make("div", "layer marks");
    this.marks.setAttribute("aria-hidden", "true");
    // Both lie under the image, whose ground is transparent: selections and marks look like a marker pen, the print stays black.
    this.element.append(this.text, this.marks);
    sheetOf.set(this.element, this);
  }

  /** @param {Page} page @param {string} label */
  take(page, label) {
    if (page.width !== this.page.width || page.height !== this.page.height || !this.element.style.length) {
      this.element.style.setProperty("--w", String(page.width));
      this.element.style.setProperty("--h", String(page.height));
      if (this.kind === "page") this.element.style.setProperty("page", paperName(page));
    }
    if (page.id !== this.page.id) this.marks.replaceChildren();
    this.page = page;
    if (this.element.ariaLabel !== label) this.element.setAttribute("aria-label", label);
  }

  setScale(/** @type {number} */ scale) {
    if (scale === this.scale && this.element.style.getPropertyValue("--scale")) return;
    this.scale = scale;
    this.element.style.setProperty("--scale", String(scale));
  }

  /** Fetches and decodes the look `id`; the sheet keeps its old look until swap(). */
  load(/** @type {string} */ id) {
    if (this.loading?.id === id) return this.loading.done;
    const image = new Image();
    image.alt = "";
    image.fetchPriority = "high";
    image.src = `${this.kind}/${id}.svg`;
    const done = image.decode().then(() => image);
    done.catch(() => { if (this.loading?.id === id) this.loading = null; });
    this.loading = { id, done };
    return done;
  }

  /** @param {HTMLImageElement} image @param {string} id */
  swap(image, id) {
    if (this.loading?.id === id) this.loading = null;
    if (this.image) this.image.replaceWith(image);
    else this.element.append(image);
    this.image = image;
    this.imageId = id;
  }

  /** Shows the wanted look as soon as it can. */
  async refresh() {
    const { id } = this.page;
    if (this.imageId === id) return;
    try {
      const image = await this.load(id);
      if (this.page.id === id && this.imageId !== id) this.swap(image, id);
    } catch { /* gone meanwhile: a newer state is on its way */ }
  }

  /** Lets go of what is far from view; the browser's cache has it still. */
  release() {
    this.image?.remove();
    this.image = null;
    this.imageId = "";
  }

  async refreshText() {
    const { id } = this.page;
    if (this.textId === id) return;
    const [text] = await Promise.all([pageText(id), fontsReady]);
    if (this.page.id !== id || this.textId === id) return;
    this.pieceNodes.clear();
    this.text.replaceChildren(...paragraphsOf(text, this.page, this.pieceNodes));
    this.textId = id;
    paintHits();
  }
}

/** @type {WeakMap<Element, Sheet>} */
const sheetOf = new WeakMap();

/** @type {{ state: State | null, sheets: Sheet[], extraRows: { element: any, gap: any }[], tops: number[], heights: number[], gap: number, generation: number }} */
const app = { state: null, sheets: [], extraRows: [], tops: [], heights: [], gap: 16, generation: 0 };
/** @type {HTMLElement} */
const view = $("view");
/** @type {HTMLElement} */
const container = $("sheets");
/** @type {WeakMap<Sheet, HTMLElement>} */
const rowOf = new WeakMap();

// Paper for printing: one named page per size, since only named pages can turn single sheets to landscape.
const papers = new Set();
function paperName(/** @type {Page} */ page) {
  const name = `kho-${Math.round(page.width)}-${Math.round(page.height)}`;
  if (!papers.has(name)) {
    papers.add(name);
    document.styleSheets[0].insertRule(`@page ${name} { size: ${page.width}pt ${page.height}pt; margin: 0 }`, document.styleSheets[0].cssRules.length);
  }
  return name;
}

function newRow(/** @type {Sheet} */ sheet) {
  const row = make("div", "row");
  row.append(sheet.element);
  rowOf.set(sheet, row);
  return sheet;
}

// ---------------------------------------------------------------- Text of the pages

/** @type {Map<string, Promise<PageText>>} */
const texts = new Map();
let textRequests = 0;
/** @type {(() => void)[]} */
const textQueue = [];

/** The text of a page. Three requests at a time: browsers allow six per server, and pages to be seen come first. */
function pageText(/** @type {string} */ id) {
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

function forgetOldTexts(/** @type {Page[]} */ pages) {
  if (texts.size < pages.length + 200) return;
  const wanted = new Set(pages.map((page) => page.id));
  for (const id of texts.keys()) if (!wanted.has(id)) texts.delete(id);
}

const pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
const faces = [0, 1, 2, 3].map((n) => ({ font: `1000px "vanthu-${n}", serif`, ascent: 0.891, descent: 0.216, advances: /** @type {Map<string, number>} */ (new Map()) }));
const fontsReady = Promise.allSettled(faces.map((face) => document.fonts.load(face.font))).then(() => {
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
function naturalWidth(/** @type {string} */ text, /** @type {number} */ face) {
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

/** @param {PageText} text @param {Page} page @param {Map<number, Text>} nodes */
function paragraphsOf(text, page, nodes) {
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
const endOf = (/** @type {Piece} */ piece) => piece.x + piece.width;

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

/** @param {PageText} text @returns {Map<number, Box & { text: string }>} */
function pieceBoxes(text) {
  const boxes = new Map();
  for (const { lines } of text.paragraphs) for (const line of lines) for (const piece of line.pieces) {
    const { ascent, descent } = faces[piece.face] ?? faces[0];
    boxes.set(piece.i, { x: piece.x, y: line.y - ascent * line.size, width: piece.width, height: (ascent + descent) * line.size, text: piece.text });
  }
  return boxes;
}

// Copying: what was one paragraph on paper is one line of text.
document.addEventListener("copy", (event) => {
  const selection = getSelection();
  if (!selection || selection.isCollapsed || !event.clipboardData) return;
  const text = Array.from({ length: selection.rangeCount }, (_, n) => textOfRange(selection.getRangeAt(n))).join("\n");
  if (!text) return;
  event.clipboardData.setData("text/plain", text);
  event.preventDefault();
});

function textOfRange(/** @type {Range} */ range) {
  if (!container.contains(range.commonAncestorContainer) && !range.commonAncestorContainer.contains(container)) return "";
  const walker = document.createTreeWalker(container, NodeFilter.SHOW_TEXT);
  let result = "", paragraph = null, line = null;
  for (let node = /** @type {Text | null} */ (walker.nextNode()); node; node = /** @type {Text | null} */ (walker.nextNode())) {
    const piece = node.parentElement;
    if (!piece?.dataset.i || !range.intersectsNode(node)) continue;
    const from = node === range.startContainer ? range.startOffset : 0;
    const to = node === range.endContainer ? range.endOffset : node.data.length;
    if (from >= to) continue;
    const thisLine = /** @type {HTMLElement} */ (piece.parentElement);
    if (thisLine.parentElement !== paragraph) result = result.trimEnd() + (paragraph ? "\n" : "");
    else if (thisLine !== line && line && !("joined" in line.dataset)) result = `${result.trimEnd()} `;
    paragraph = thisLine.parentElement;
    line = thisLine;
    result += node.data.slice(from, to);
  }
  return result;
}

// ---------------------------------------------------------------- Geometry, zoom, scrolling

const PX_PER_PT = 96 / 72;
const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];
const wordOn = () => settings.beside && Boolean(app.state?.word);

/** @typedef {{ index: number, sheet: Sheet | null, y: number, x: number }} Anchor */

/** The scale of a page: the level chosen, but a sheet too wide for “fit width” (a landscape annex) is fitted by itself.
 * @param {Page} page @param {number} usual the width that most pages have */
function scaleFor(page, usual) {
  if (typeof settings.zoom === "number") return settings.zoom * PX_PER_PT;
  const columns = wordOn() && !isNarrow() ? 2 : 1;
  const width = Math.max(60, (view.clientWidth - 2 * app.gap - (columns - 1) * app.gap) / columns);
  const fit = Math.min(width / usual, width / page.width);
  return settings.zoom === "width" ? fit : Math.min(fit, Math.max(60, view.clientHeight - 2 * app.gap) / page.height);
}

function usualWidth(/** @type {Page[]} */ pages) {
  const counts = new Map();
  for (const page of pages) counts.set(page.width, (counts.get(page.width) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 595.28;
}

/** @param {Page[]} pages @param {number} [usual] */
function measure(pages, usual = usualWidth(pages)) {
  const others = wordOn() ? word.pages : [];
  const tops = [], heights = [];
  let y = app.gap;
  for (let k = 0; k < Math.max(pages.length, others.length); k++) {
    const left = pages[k] ?? others[k], right = others.length ? others[k] ?? pages[k] : null;
    const a = left.height * scaleFor(left, usual), b = right ? right.height * scaleFor(right, usual) : 0;
    const height = right && isNarrow() ? a + app.gap + b : Math.max(a, b);
    tops.push(y);
    heights.push(height);
    y += height + app.gap;
  }
  return { tops, heights };
}

/** Gives every sheet its size; the caller keeps the place. */
function layOut() {
  app.gap = isNarrow() ? 8 : 16;
  const pages = app.sheets.map((sheet) => sheet.page);
  const usual = usualWidth(pages.length ? pages : word.pages);
  for (const sheet of [...app.sheets, ...word.sheets]) sheet.setScale(scaleFor(sheet.page, usual));
  for (const gap of word.gaps) gap.element.style.setProperty("--scale", String(scaleFor(gap.page, usual)));
  Object.assign(app, measure(pages, usual));
  showZoom();
}

/** The row at height `y` of the content. */
function rowAt(/** @type {number[]} */ tops, /** @type {number} */ y) {
  let low = 0, high = tops.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle; else high = middle - 1;
  }
  return Math.max(0, low);
}

/** First and last row in a window of the content. @param {{ tops: number[], heights: number[] }} rows @param {number} top @param {number} bottom */
function rowsIn(rows, top, bottom) {
  let first = rowAt(rows.tops, top);
  if (rows.tops[first] + rows.heights[first] < top) first++;
  return [first, Math.min(rowAt(rows.tops, bottom), rows.tops.length - 1)];
}
const rowsInView = (margin = 0) => rowsIn(app, view.scrollTop - margin, view.scrollTop + view.clientHeight + margin);

/** The point of the paper at a fraction of the view's height, kept while sizes change. @returns {Anchor} */
function anchorAt(fraction = 0) {
  const y = view.scrollTop + view.clientHeight * fraction;
  const index = rowAt(app.tops, y), sheet = app.sheets[index] ?? null;
  const x = view.scrollWidth > view.clientWidth ? (view.scrollLeft + view.clientWidth / 2) / view.scrollWidth : 0.5;
  const below = app.tops.length ? y - app.tops[index] : 0;
  return { index, sheet, y: sheet && below > 0 ? below / sheet.scale : below, x };
}
/** An anchor's `y` is points of the paper, or pixels of the margin above the first sheet, which does not scale. */
const pixels = (/** @type {Anchor} */ anchor, /** @type {number} */ scale) => (anchor.y > 0 ? anchor.y * scale : anchor.y);

/** @param {Anchor} anchor @param {number} [fraction] */
function goTo(anchor, fraction = 0) {
  if (!app.tops.length) return;
  const found = anchor.sheet ? app.sheets.indexOf(anchor.sheet) : -1;
  const index = clamp(found >= 0 ? found : anchor.index, 0, app.tops.length - 1);
  const top = app.tops[index] + pixels(anchor, app.sheets[index]?.scale ?? 1) - view.clientHeight * fraction;
  if (Math.abs(top - view.scrollTop) > 0.5) view.scrollTop = top; // setting it would stop a scroll under way
  if (view.scrollWidth > view.clientWidth) view.scrollLeft = anchor.x * view.scrollWidth - view.clientWidth / 2;
}

function setZoom(/** @type {"width" | "page" | number} */ zoom) {
  const anchor = anchorAt(0.5);
  change({ zoom });
  layOut();
  goTo(anchor, 0.5);
  nearChanged();
}

function currentScale() {
  const sheet = app.sheets[currentIndex()];
  return sheet ? sheet.scale / PX_PER_PT : 1;
}
function stepZoom(/** @type {number} */ by) {
  const now = currentScale();
  setZoom(by > 0 ? STEPS.find((step) => step > now * 1.01) ?? 5 : STEPS.findLast((step) => step < now * 0.99) ?? 0.25);
}
function showZoom() {
  $("zoom-value").textContent = `${Math.round(currentScale() * 100)} %`;
  $("b-width").setAttribute("aria-pressed", String(settings.zoom === "width"));
  $("b-page").setAttribute("aria-pressed", String(settings.zoom === "page"));
}

/** The page that fills the upper half of the view. */
function currentIndex() {
  return clamp(rowAt(app.tops, view.scrollTop + view.clientHeight * 0.35), 0, Math.max(0, app.sheets.length - 1));
}

function goToPage(/** @type {number} */ index) {
  if (!app.sheets.length) return;
  const k = clamp(index, 0, app.sheets.length - 1);
  view.scrollTo({ top: app.tops[k] - app.gap });
  announce(`Trang ${k + 1} trên ${app.sheets.length}.`);
}

/** Brings a box of a sheet (in points) into view. @param {number} row @param {Sheet | undefined} sheet @param {Box} box */
function reveal(row, sheet, box) {
  if (!sheet || app.tops[row] === undefined) return;
  const stackedBelow = sheet.kind === "word" && isNarrow() && app.sheets[row];
  const top = app.tops[row] + (stackedBelow ? app.sheets[row].page.height * app.sheets[row].scale + app.gap : 0) + box.y * sheet.scale;
  const height = box.height * sheet.scale, room = view.clientHeight;
  if (top < view.scrollTop + 20 || top + height > view.scrollTop + room - 20) {
    view.scrollTo({ top: top - Math.max(20, (room - height) / 2), behavior: isStill() ? "auto" : "smooth" });
  }
  const left = sheet.element.offsetLeft + box.x * sheet.scale;
  if (left < view.scrollLeft || left > view.scrollLeft + view.clientWidth - 40) view.scrollLeft = left - 40;
}

// Sheets near the view get their look and text; far ones of a long document are let go.
const NEAR = 1.5, KEEP = 60;
const nearChanged = perFrame(() => {
  const near = rowsInView(view.clientHeight * NEAR);
  const far = [near[0] - 8, near[1] + 8];
  app.sheets.forEach((sheet, k) => {
    if (k >= near[0] && k <= near[1]) { sheet.refresh(); sheet.refreshText().catch(report); }
    else if (app.sheets.length > KEEP && (k < far[0] || k > far[1]) && sheet.image) sheet.release();
  });
  if (wordOn()) word.sheets.forEach((sheet, k) => { if (k >= near[0] && k <= near[1]) sheet.refresh(); });
  if (search.query) paintHits();
});

const savePlace = debounce(250, () => {
  if (!app.state || !app.sheets.length) return;
  const { index, y, x } = anchorAt();
  keep(sessionStorage, placeKey, { page: currentIndex(), index, y, x, unit: app.state.unit });
  const hash = hashFor(currentIndex(), app.state.unit);
  if (hash !== location.hash) history.replaceState(history.state, "", hash);
});

let shownIndex = -1;
function showCurrentPage() {
  const index = currentIndex(), count = app.sheets.length;
  if (document.activeElement !== $("page-number")) $("page-number").value = count ? String(index + 1) : "–";
  $("page-count").textContent = count ? `/ ${count}` : "/ –";
  const items = $("outline-list").children;
  if (shownIndex !== index || !items[index]?.firstChild.hasAttribute("aria-current")) {
    items[shownIndex]?.firstChild.removeAttribute("aria-current");
    const item = items[index];
    item?.firstChild.setAttribute("aria-current", "page");
    if (item && !isNarrow()) keepInView($("outline"), item);
    shownIndex = index;
  }
  if (app.sheets.length) showZoom();
}
/** @param {HTMLElement} box @param {HTMLElement} item */
function keepInView(box, item) {
  const top = item.offsetTop - box.offsetTop;
  if (top < box.scrollTop) box.scrollTop = top;
  else if (top + item.offsetHeight > box.scrollTop + box.clientHeight) box.scrollTop = top + item.offsetHeight - box.clientHeight;
}

const scrolled = perFrame(() => { showCurrentPage(); nearChanged(); savePlace(); });
view.addEventListener("scroll", scrolled, { passive: true });
view.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  wheelZoom(event);
}, { passive: false });

/** Ctrl+wheel and the trackpad's pinch zoom around the pointer. */
function wheelZoom(/** @type {WheelEvent} */ event) {
  const fraction = (event.clientY - view.getBoundingClientRect().top) / view.clientHeight;
  const anchor = anchorAt(fraction);
  change({ zoom: clamp(currentScale() * Math.exp(-clamp(event.deltaY, -60, 60) / 240), 0.2, 6) });
  layOut();
  goTo(anchor, fraction);
  nearChanged();
}

// The place is remembered from before the resize: by the time the observer runs the browser may have scrolled already.
/** @type {Anchor | null} */
let restPlace = null;
view.addEventListener("scroll", () => { restPlace = anchorAt(); }, { passive: true });
let fittedTo = "";
function fitView() {
  const size = `${view.clientWidth} ${view.clientHeight}`;
  if (size === fittedTo) return;
  fittedTo = size;
  const anchor = restPlace ?? anchorAt();
  layOut();
  goTo(anchor);
  scrolled();
}
new ResizeObserver(fitView).observe(view);

// ---------------------------------------------------------------- Address

function hashFor(/** @type {number} */ index, /** @type {string | null} */ unit) {
  return `#trang=${index + 1}${unit === null ? "" : `&don-vi=${encodeURIComponent(unit)}`}`;
}
function readHash() {
  const values = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
  const page = Number.parseInt(values.get("trang") ?? "", 10);
  return { page: page > 0 ? page - 1 : null, unit: values.get("don-vi") };
}

/** Where to begin: the address says the page; the exact place within it comes from this tab's memory. @returns {Anchor} */
function firstPlace() {
  const { page } = readHash();
  const saved = stored(sessionStorage, placeKey);
  if (saved && (page === null || page === saved.page)) return { index: saved.index, sheet: null, y: saved.y, x: saved.x ?? 0.5 };
  return { index: page ?? 0, sheet: null, y: -app.gap, x: 0.5 };
}

addEventListener("popstate", () => {
  const { page, unit } = readHash();
  if (unit !== null && unit !== app.state?.unit) connect(unit);
  if (page !== null && page !== currentIndex()) goToPage(page);
});

// ---------------------------------------------------------------- Connection

/** @type {EventSource | null} */
let events = null;
let retryTimer = 0, retryWait = 1000;
/** @type {string | null} */
let wantedUnit = null;

function connect(/** @type {string | null} */ unit) {
  clearTimeout(retryTimer);
  events?.close();
  wantedUnit = unit;
  const source = new EventSource(address("events", { unit }));
  events = source;
  source.addEventListener("state", (event) => {
    if (source !== events) return;
    retryWait = 1000;
    $("lost").hidden = true;
    performance.mark("vanthu:state");
    const state = JSON.parse(event.data);
    receive(state);
    noteUnit(state.unit);
  });
  source.addEventListener("error", () => {
    if (source !== events) return;
    showLost();
    // The browser tries again by itself unless the server answered with a failure.
    if (source.readyState === EventSource.CLOSED) {
      retryTimer = setTimeout(() => connect(wantedUnit), retryWait);
      retryWait = Math.min(10_000, retryWait * 1.5);
    }
  });
}
// A page left for another one must not look like a lost server, nor keep a connection.
addEventListener("pagehide", () => { events?.close(); events = null; });
addEventListener("pageshow", (event) => { if (event.persisted) connect(wantedUnit); });

/** The server shows another unit when the wanted one is not in the list. */
function noteUnit(/** @type {string | null} */ unit) {
  if (unit !== null && wantedUnit !== null && unit !== wantedUnit) toast(`Danh sách không có đơn vị “${wantedUnit}”. Đang xem “${unit}”.`);
  wantedUnit = unit;
}

function showLost() {
  const node = $("lost");
  if (!node.hidden) return;
  const revision = app.state?.revision;
  node.textContent = `Mất kết nối với vanthu preview.${revision ? ` Trang đang xem là bản ${revision}.` : ""} Kiểm tra cửa sổ dòng lệnh; khi lệnh chạy lại, mở địa chỉ mới mà nó in ra.`;
  node.hidden = false;
}

// States are shown one after another, never dropped halfway: however fast they come, each look begun is finished.
/** @type {State | null} */
let waiting = null;
let showing = false;
async function receive(/** @type {State} */ state) {
  waiting = state;
  if (showing) return;
  showing = true;
  try {
    while (waiting) {
      const next = waiting;
      waiting = null;
      await showState(next);
    }
  } finally { showing = false; }
}

/** Which old sheet shows each new page: the same page keeps its sheet, a changed page takes the sheet in its place.
 * @param {Sheet[]} old @param {Page[]} pages @returns {(Sheet | null)[]} */
function pair(old, pages) {
  /** @type {(Sheet | null)[]} */
  const result = pages.map(() => null);
  let head = 0, tail = 0;
  const shorter = Math.min(old.length, pages.length);
  while (head < shorter && old[head].page.id === pages[head].id) { result[head] = old[head]; head++; }
  while (tail < shorter - head && old[old.length - 1 - tail].page.id === pages[pages.length - 1 - tail].id) {
    result[pages.length - 1 - tail] = old[old.length - 1 - tail];
    tail++;
  }
  const index = new Map();
  for (let k = old.length - tail - 1; k >= head; k--) index.set(old[k].page.id, k);
  let oldFrom = head, newFrom = head;
  const fillGap = (/** @type {number} */ oldTo, /** @type {number} */ newTo) => {
    for (let a = oldFrom, b = newFrom; a < oldTo && b < newTo; a++, b++) result[b] = old[a];
  };
  for (let k = head; k < pages.length - tail; k++) {
    const found = index.get(pages[k].id);
    if (found === undefined || found < oldFrom) continue;
    fillGap(found, k);
    result[k] = old[found];
    oldFrom = found + 1;
    newFrom = k + 1;
  }
  fillGap(old.length - tail, pages.length - tail);
  return result;
}

async function showState(/** @type {State} */ state) {
  app.generation++;
  const next = pair(app.sheets, state.pages).map((sheet) => sheet ?? newRow(new Sheet("page")));
  const anchor = app.sheets.length ? anchorAt() : firstPlace();
  const rows = measure(state.pages);
  const kept = anchor.sheet ? next.indexOf(anchor.sheet) : -1;
  const index = clamp(kept >= 0 ? kept : anchor.index, 0, Math.max(0, next.length - 1));
  const loads = [];
  if (next.length) {
    const top = Math.max(0, rows.tops[index] + pixels(anchor, scaleFor(state.pages[index], usualWidth(state.pages))));
    const bottom = rows.tops[rows.tops.length - 1] + rows.heights[rows.heights.length - 1];
    const start = Math.min(top, Math.max(0, bottom - view.clientHeight));
    const [first, last] = rowsIn(rows, start, start + view.clientHeight);
    for (let k = first; k <= Math.min(last, next.length - 1); k++) {
      const sheet = next[k], { id } = state.pages[k];
      if (sheet.imageId !== id) loads.push(sheet.load(id).then((image) => ({ sheet, image, id })));
    }
  }
  const ready = loads.length ? await Promise.allSettled(loads) : [];
  const swaps = ready.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
  commit(state, next, swaps, anchor);
}

/** @param {State} state @param {Sheet[]} next @param {{ sheet: Sheet, image: HTMLImageElement, id: string }[]} swaps @param {Anchor} anchor */
function commit(state, next, swaps, anchor) {
  const before = app.state;
  const count = state.pages.length, changed = state.pages.flatMap((page, k) => (next[k].page.id === page.id ? [] : [k]));
  // While the pages were decoded the user may have scrolled.
  const place = app.sheets.length ? anchorAt() : anchor;
  const dropped = new Set(app.sheets);
  next.forEach((sheet, k) => {
    dropped.delete(sheet);
    sheet.take(state.pages[k], `Trang ${k + 1} trên ${count}`);
  });
  for (const sheet of dropped) rowOf.get(sheet)?.remove();
  next.forEach((sheet, k) => {
    const row = /** @type {HTMLElement} */ (rowOf.get(sheet));
    if (container.children[k] !== row) container.insertBefore(row, container.children[k] ?? null);
  });
  for (const { sheet, image, id } of swaps) sheet.swap(image, id);
  const moved = dropped.size > 0 || next.length !== app.sheets.length || changed.length > 0;
  app.sheets = next;
  app.state = state;
  if (moved || !before) {
    if (word.pages.length) placeWord();
    layOut();
    goTo(place);
  }
  showSummary(state);
  afterPaint(() => {
    document.documentElement.dataset.attempt = String(state.attempt);
    document.documentElement.dataset.revision = String(state.revision ?? "");
    performance.mark("vanthu:shown", { detail: { attempt: state.attempt } });
  });
  const { generation } = app;
  afterPaint(() => { if (generation === app.generation) afterShown(state, before, changed); });
}

/** @param {State} state @param {State | null} before @param {number[]} changed */
async function afterShown(state, before, changed) {
  const { generation } = app;
  const current = () => generation === app.generation;
  const [first, last] = rowsInView();
  await Promise.allSettled(app.sheets.slice(first, last + 1).map((sheet) => sheet.refreshText()));
  if (!current()) return;
  document.documentElement.dataset.text = String(state.attempt);
  showOutline(before && before.unit === state.unit ? changed : []);
  showCurrentPage();
  savePlace();
  showProblems(state);
  announceState(state);
  nearChanged();
  refreshSource(state);
  refreshUnits(state);
  if (search.query) runSearch(search.query);
  if (wordOn()) {
    if (!before && !isNarrow()) setPanel("word", true);
    compareWord();
  }
  forgetOldTexts(state.pages);
  whenIdle(() => loadRest(generation));
}

/** The rest of the document, bit by bit, so that the browser's own search finds all of it. */
async function loadRest(/** @type {number} */ generation) {
  const all = app.sheets;
  for (let k = 0; k < all.length; k++) {
    if (generation !== app.generation) return;
    const sheet = all[k];
    if (sheet.textId === sheet.page.id && sheet.imageId === sheet.page.id) continue;
    await Promise.allSettled([sheet.refreshText(), all.length <= KEEP ? sheet.refresh() : null]);
    await new Promise((go) => whenIdle(() => go(null)));
  }
}

// ---------------------------------------------------------------- Toolbar, bars, page list

const errorsOf = (/** @type {State} */ state) => state.problems.filter((problem) => problem.severity === "error");

/** What must agree with the pages at once: names, revision, counts, banner, links. */
function showSummary(/** @type {State} */ state) {
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

function announceState(/** @type {State} */ state) {
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

function showOutline(/** @type {number[]} */ changed) {
  const list = $("outline-list");
  while (list.children.length > app.sheets.length) list.lastChild.remove();
  while (list.children.length < app.sheets.length) list.append(outlineItem(list.children.length));
  const marked = new Set(changed);
  app.sheets.forEach(({ page }, k) => {
    const link = list.children[k].firstChild, longest = Math.max(page.width, page.height);
    link.firstChild.style.setProperty("--w", String(page.width / longest));
    link.firstChild.style.setProperty("--h", String(page.height / longest));
    link.classList.remove("changed");
    if (marked.has(k)) { void link.firstChild.offsetWidth; link.classList.add("changed"); }
  });
}

function outlineItem(/** @type {number} */ index) {
  const item = make("li"), link = make("a");
  link.href = `#trang=${index + 1}`;
  link.setAttribute("aria-label", `Trang ${index + 1}`);
  link.append(make("span", "", String(index + 1)));
  link.addEventListener("click", (/** @type {MouseEvent} */ event) => { event.preventDefault(); goToPage(index); });
  item.append(link);
  return item;
}

// ---------------------------------------------------------------- Panels

const PANELS = /** @type {Record<string, string>} */ ({ problems: "b-problems", word: "b-beside", units: "b-units", source: "b-source" });

/** @param {string} name @param {boolean} open @param {boolean} [focus] */
function setPanel(name, open, focus = false) {
  if (open && isNarrow()) for (const other of Object.keys(PANELS)) if (other !== name) $(`panel-${other}`).hidden = true;
  const had = $(`panel-${name}`).contains(document.activeElement);
  $(`panel-${name}`).hidden = !open;
  showDock();
  if (open && focus) focusPanel(name);
  if (!open && had) view.focus({ preventScroll: true });
  if (name === "source" && open) source.refill();
  if (name === "units" && open) units.show();
}

function showDock() {
  const open = Object.keys(PANELS).filter((name) => !$(`panel-${name}`).hidden);
  $("dock").hidden = !open.length;
  for (const [name, button] of Object.entries(PANELS)) if (name !== "word") $(button).setAttribute("aria-expanded", String(open.includes(name)));
  $("b-unit").setAttribute("aria-expanded", String(open.includes("units")));
  change({ panels: open.filter((name) => name !== "word") });
  if (app.sheets.length) fitView(); // now, since what opened the panel may go on to show a place on the paper
}

function focusPanel(/** @type {string} */ name) {
  const target = { problems: $("problem-list").querySelector("button") ?? $("problem-list"), word: $("diff-list"), units: $("unit-search"), source: $("source-lines") }[name];
  target?.focus({ preventScroll: true });
}
const isOpen = (/** @type {string} */ name) => !$(`panel-${name}`).hidden;
const toggle = (/** @type {string} */ name) => { setPanel(name, !isOpen(name), true); closeMenu(); };

function closeMenu() {
  $("tools").classList.remove("open");
  $("b-menu").setAttribute("aria-expanded", "false");
}

function setDock(/** @type {number} */ percent) {
  const width = clamp(percent, 20, 70);
  document.documentElement.style.setProperty("--dock", `${width}%`);
  $("dock-grip").setAttribute("aria-valuenow", String(Math.round(width)));
  change({ dock: width });
}

// ---------------------------------------------------------------- Problems

const sorted = (/** @type {Problem[]} */ problems) => [...problems.filter((p) => p.severity === "error"), ...problems.filter((p) => p.severity !== "error")];
let chosenProblem = -1;

function whereText(/** @type {Problem} */ problem, /** @type {State} */ state) {
  const parts = [];
  if (problem.file !== null && problem.file !== state.name) parts.push(problem.file);
  if (problem.line !== null) parts.push(`dòng ${problem.line}`);
  if (problem.cell !== null) parts.push(`ô ${problem.cell}`);
  return parts.join(", ");
}

/** @param {Problem} problem @param {State} state */
function problemItem(problem, state) {
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
function showProblems(/** @type {State} */ state) {
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
  showLine(problem.source, problem.line);
}

function stepProblem(/** @type {number} */ by) {
  const list = sorted(app.state?.problems ?? []);
  if (!list.length) return toast("Không có lỗi hay cảnh báo nào.");
  const next = chosenProblem < 0 && by < 0 ? list.length - 1 : (chosenProblem + by + list.length) % list.length;
  const problem = list[next];
  if (!isNarrow()) setPanel("problems", true);
  goToProblem(problem);
  announce(`${problem.severity === "error" ? "Lỗi" : "Cảnh báo"} ${next + 1} trên ${list.length}: ${problem.message}`);
}

// ---------------------------------------------------------------- Source pane

/** @typedef {{ element: any, rows: any, start: number, lines: string[], filled: boolean }} Chunk */
/** @typedef {{ from: number, to: number, className: string, title: string }} Span */

const CHUNK = 64;
let rowNumber = 0;

/** The file, read-only. Lines are kept in chunks that are filled when near the view; an edit rebuilds only the chunks it touches. */
const source = {
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

/** Keys, comments and {{ }} of YAML: enough to find one's way, no more. @returns {Span[]} */
function coloured(/** @type {string} */ text) {
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
function problemSpan(problem, text) {
  const from = problem.column === null ? text.length - text.trimStart().length : offsetOf(text, problem.column);
  const sameLine = problem.end_line === null || problem.end_line === problem.line;
  const to = sameLine && problem.column !== null && problem.end_column !== null ? offsetOf(text, problem.end_column) : text.length;
  return { from: Math.min(from, Math.max(0, text.length - 1)), to: Math.max(to, from + 1), className: `m-${problem.severity}`, title: problem.message };
}
/** The word at a column. @returns {Span} */
function columnSpan(/** @type {string} */ text, /** @type {number} */ column) {
  const at = Math.min(offsetOf(text, column), Math.max(0, text.length - 1));
  const before = /[\p{L}\p{M}\p{N}]*$/u.exec(text.slice(0, at))?.[0].length ?? 0;
  const after = /^[\p{L}\p{M}\p{N}]+/u.exec(text.slice(at))?.[0].length ?? 0;
  return after ? { from: at - before, to: at + after, className: "column", title: "" } : { from: at, to: at + 1, className: "column", title: "" };
}

/** Cuts a text where spans begin or end. @param {string} text @param {Span[]} spans @returns {Node[]} */
function segments(text, spans) {
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

async function refreshSource(/** @type {State} */ state) {
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

// ---------------------------------------------------------------- From page to source and back

const pageParams = () => ({ revision: app.state?.revision ?? null, unit: app.state?.unit ?? null });
const canMark = () => app.state !== null && app.state.revision !== null;

let lineAsked = 0;
/** Shows on the pages what a line of the source became. @param {number} file @param {number} line */
async function showLine(file, line) {
  if (!canMark()) return;
  const asked = ++lineAsked;
  try {
    const { pieces } = await ask(address("line", { ...pageParams(), source: file, line }));
    if (asked === lineAsked) await markPieces(pieces);
  } catch (error) { report(error); }
}
const showLineSoon = debounce(120, showLine);

async function markPieces(/** @type {[number, number][]} */ pieces) {
  const { generation } = app;
  clearMarks("place");
  const wanted = [...new Set(pieces.map(([page]) => page))].filter((page) => app.sheets[page]);
  const boxes = new Map(await Promise.all(wanted.map(async (page) => /** @type {const} */ ([page, pieceBoxes(await pageText(app.sheets[page].page.id))]))));
  if (generation !== app.generation) return;
  let first = true;
  for (const [page, piece] of pieces) {
    const box = boxes.get(page)?.get(piece);
    if (!box) continue;
    addMark(app.sheets[page], box, "place");
    if (first) reveal(page, app.sheets[page], box);
    first = false;
  }
}

/** @param {Sheet} sheet @param {Box} box @param {string} className */
function addMark(sheet, box, className) {
  const mark = make("div", `mark ${className}`);
  Object.assign(mark.style, { left: `${box.x}px`, top: `${box.y}px`, width: `${box.width}px`, height: `${box.height}px` });
  sheet.marks.append(mark);
  return mark;
}
function clearMarks(/** @type {string} */ className) {
  for (const mark of container.querySelectorAll(`.mark.${className}`)) mark.remove();
}

/** The piece and character at a position of the text layer. @param {Node | null} node @param {number} offset */
function pieceAt(node, offset) {
  const span = /** @type {HTMLElement | null} */ ((node instanceof Element ? node : node?.parentElement)?.closest("[data-i]") ?? null);
  const section = span?.closest(".sheet");
  const sheet = section && sheetOf.get(section);
  if (!span || !sheet || sheet.textId !== sheet.page.id) return null;
  return { page: app.sheets.indexOf(sheet), piece: Number(span.dataset.i), offset: Math.min(offset, span.textContent?.length ?? 0) };
}

/** @param {number} x @param {number} y */
function caretAt(x, y) {
  const doc = /** @type {any} */ (document);
  if (doc.caretPositionFromPoint) {
    const caret = doc.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = doc.caretRangeFromPoint?.(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

/** @param {{ page: number, piece: number, offset: number }} at @param {boolean} inEditor */
async function goToPlace(at, inEditor) {
  try {
    const place = await ask(address("place", { ...pageParams(), ...at }));
    if (place.message !== undefined) return toast(place.message);
    if (inEditor && place.source !== null) return openEditor(place.source, place.line, place.column);
    if (place.source === null) return toast(`Chữ này ở ${place.file}, dòng ${place.line}.`);
    source.goTo(place.source, place.line, place.column);
    markPieces([[at.page, at.piece]]);
  } catch (error) { report(error); }
}

/** @param {number} file @param {number} line @param {number | null} column */
async function openEditor(file, line, column) {
  try {
    await ask(address("open", { ...pageParams(), source: file, line, column: column ?? 1 }), { method: "POST" });
  } catch (error) { report(error); }
}

// One click goes to the source; two select a word, so the first one waits a little to see.
let clickTimer = 0;
container.addEventListener("click", (event) => {
  clearTimeout(clickTimer);
  const target = /** @type {Element} */ (event.target);
  if (event.button !== 0 || event.detail > 1 || !target.closest("[data-i]") || !getSelection()?.isCollapsed) return;
  const caret = caretAt(event.clientX, event.clientY);
  const at = pieceAt(target, caret && target.contains(caret.node) ? caret.offset : 0);
  const inEditor = Boolean(app.state?.editor) && (event.ctrlKey || event.metaKey || settings.clickOpens);
  if (at) clickTimer = setTimeout(() => { if (getSelection()?.isCollapsed) goToPlace(at, inEditor); }, 220);
});
container.addEventListener("dblclick", () => clearTimeout(clickTimer));

/** The keyboard's way: the text selected (or the caret, where the browser shows one). */
function goToSelection() {
  const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
  const at = range && (pieceAt(range.startContainer, range.startOffset) ?? pieceAt(range.endContainer, 0));
  if (at) goToPlace(at, false);
  else toast("Chọn một chữ trên trang rồi bấm phím l để tới dòng của chữ ấy.");
  return Boolean(at);
}

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
function openCursorLine() {
  if (app.state?.editor) openEditor(source.file, source.cursor + source.first(), source.column);
}

// ---------------------------------------------------------------- Units

const units = {
  id: /** @type {string | null} */ (null),
  all: /** @type {(Unit & { folded: string, at: number })[]} */ ([]),
  shown: /** @type {(Unit & { folded: string, at: number })[]} */ ([]),
  active: 0,
  box: /** @type {HTMLElement} */ ($("unit-list")),
  rowHeight: () => (isNarrow() ? 40 : 28),

  setList(/** @type {Unit[]} */ list) {
    this.all = list.map((unit, at) => ({ ...unit, folded: fold(unit.label), at }));
    this.filter();
  },

  /** The units in the chosen order, the search left aside: what ← and → step through. */
  ordered() {
    const order = settings.order;
    if (order === "list") return this.all;
    const sign = order === "long" ? -1 : 1;
    return [...this.all].sort((a, b) => sign * (a.label.length - b.label.length) || a.at - b.at);
  },

  filter() {
    const raw = $("unit-search").value.trim().normalize("NFC").toLowerCase(), query = fold(raw);
    const plain = query === raw;
    this.shown = this.ordered().filter((unit) => !query || (unit.folded.includes(query) && (plain || unit.label.normalize("NFC").toLowerCase().includes(raw))));
    this.active = Math.max(0, this.shown.findIndex((unit) => unit.key === app.state?.unit));
    $("units-count").textContent = query ? `${this.shown.length} trên ${this.all.length}` : `${this.all.length} đơn vị`;
    this.show();
    this.keepActive();
  },

  /** Only the rows near the view exist. */
  draw() {
    if ($("panel-units").hidden) return;
    const height = this.rowHeight(), rows = $("unit-rows");
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - 5);
    const last = Math.min(this.shown.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / height) + 5);
    rows.style.height = `${this.shown.length * height}px`;
    rows.replaceChildren(...this.shown.slice(first, last).map((unit, k) => this.row(unit, first + k, height)));
    if (this.shown[this.active]) this.box.setAttribute("aria-activedescendant", `don-vi-${this.active}`);
    else this.box.removeAttribute("aria-activedescendant");
  },
  show() { this.draw(); },

  /** @param {Unit} unit @param {number} index @param {number} height */
  row(unit, index, height) {
    const row = make("div", `unit${index === this.active ? " active" : ""}${unit.fault ? " fault" : ""}`, unit.label);
    row.id = `don-vi-${index}`;
    row.title = unit.line === null ? unit.label : `${unit.label} – dòng ${unit.line}`;
    row.setAttribute("role", "option");
    row.setAttribute("aria-selected", String(unit.key === app.state?.unit));
    row.setAttribute("aria-setsize", String(this.shown.length));
    row.setAttribute("aria-posinset", String(index + 1));
    Object.assign(row.style, { top: `${index * height}px`, height: `${height}px`, lineHeight: `${height}px` });
    row.addEventListener("click", () => { this.active = index; chooseUnit(unit.key, true); });
    return row;
  },

  keepActive() {
    const height = this.rowHeight(), top = this.active * height;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + height > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = top + height - this.box.clientHeight;
    this.draw();
  },

  move(/** @type {string} */ key) {
    const page = Math.max(1, Math.floor(this.box.clientHeight / this.rowHeight()) - 1);
    const by = { ArrowUp: -1, ArrowDown: 1, PageUp: -page, PageDown: page, Home: -Infinity, End: Infinity }[key];
    if (by === undefined) return false;
    this.active = clamp(this.active + by, 0, Math.max(0, this.shown.length - 1));
    this.keepActive();
    return true;
  },
};

async function refreshUnits(/** @type {State} */ state) {
  try {
    if (state.units !== null && state.units !== units.id) {
      const { units: list, name } = await ask(`units/${state.units}.json`);
      if (app.state?.units !== state.units) return;
      units.id = state.units;
      $("h-units").title = name;
      units.setList(list);
    }
    const active = units.shown.findIndex((unit) => unit.key === state.unit);
    if (active >= 0) units.active = active;
    units.keepActive();
  } catch (error) { report(error); }
}

/** @param {string} key @param {boolean} remember whether Back returns to the unit before */
function chooseUnit(key, remember) {
  if (key === wantedUnit) return;
  const hash = hashFor(currentIndex(), key);
  if (remember) history.pushState(null, "", hash);
  else history.replaceState(null, "", hash);
  $("unit-name").textContent = key;
  connect(key);
  units.draw();
}

function stepUnit(/** @type {number} */ by) {
  const list = units.shown.length ? units.shown : units.ordered();
  if (!list.length) return;
  const now = list.findIndex((unit) => unit.key === wantedUnit);
  const next = list[clamp(now + by, 0, list.length - 1)];
  if (next.key === wantedUnit) return toast(by > 0 ? "Đây là đơn vị cuối của danh sách." : "Đây là đơn vị đầu của danh sách.");
  units.active = list.indexOf(next);
  units.keepActive();
  announce(next.label);
  chooseUnit(next.key, false);
}

// ---------------------------------------------------------------- Search in the pages

/** @typedef {{ page: number, parts: { i: number, from: number, to: number }[] }} Hit */
const search = { query: "", hits: /** @type {Hit[]} */ ([]), current: -1 };

/** One paragraph as it is searched: letters, and for each the piece and offset it came from.
 * @param {Line[]} lines @param {(letter: string) => string} change */
function searchable(lines, change) {
  let text = "";
  /** @type {{ i: number, at: number }[]} */
  const origin = [];
  const add = (/** @type {string} */ letters, /** @type {number} */ i, /** @type {number} */ at) => {
    if (letters === " " && (text === "" || text.endsWith(" "))) return;
    for (const letter of letters.split("")) { text += letter; origin.push({ i, at }); }
  };
  lines.forEach((line, k) => {
    for (const piece of line.pieces) {
      for (let at = 0; at < piece.text.length; at++) add(/\s/.test(piece.text[at]) ? " " : change(piece.text[at]), piece.i, at);
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

/** @param {PageText} text @param {string} query @param {number} page @param {boolean} plain @returns {Hit[]} */
function hitsIn(text, query, page, plain) {
  const hits = [];
  for (const { text: letters, origin } of paragraphsToSearch(text, plain)) {
    for (let at = letters.indexOf(query); at >= 0; at = letters.indexOf(query, at + query.length)) {
      /** @type {Hit["parts"]} */
      const parts = [];
      for (const { i, at: offset } of origin.slice(at, at + query.length)) {
        if (i < 0) continue;
        const last = parts[parts.length - 1];
        if (last?.i === i) last.to = offset + 1; else parts.push({ i, from: offset, to: offset + 1 });
      }
      if (parts.length) hits.push({ page, parts });
    }
  }
  return hits;
}

let searchNumber = 0;
async function runSearch(/** @type {string} */ typed) {
  const number = ++searchNumber;
  const lower = typed.normalize("NFC").toLowerCase().replace(/\s+/g, " ").trimStart();
  const isNew = lower !== search.query;
  search.query = lower;
  if (!lower) return showHits([], isNew);
  const plain = fold(lower) === lower;
  try {
    const pages = app.sheets.map((sheet) => sheet.page.id);
    const found = await Promise.all(pages.map(async (id, page) => hitsIn(await pageText(id), lower, page, plain)));
    if (number === searchNumber) showHits(found.flat(), isNew);
  } catch (error) { report(error); }
}

/** @param {Hit[]} hits @param {boolean} isNew */
function showHits(hits, isNew) {
  search.hits = hits;
  if (isNew) {
    const from = currentIndex(), at = hits.findIndex((hit) => hit.page >= from);
    search.current = hits.length ? Math.max(0, at) : -1;
    if (hits.length) goToHit(search.current);
  } else search.current = Math.min(search.current, hits.length - 1);
  showSearchCount();
  paintHits();
}
function showSearchCount() {
  $("search-count").textContent = !search.query ? "" : search.hits.length ? `${search.current + 1} trên ${search.hits.length}` : "Không tìm thấy.";
}
async function goToHit(/** @type {number} */ index) {
  const hit = search.hits[index];
  if (!hit) return;
  search.current = index;
  showSearchCount();
  paintHits();
  const sheet = app.sheets[hit.page];
  if (!sheet) return;
  const box = pieceBoxes(await pageText(sheet.page.id)).get(hit.parts[0].i);
  if (box) reveal(hit.page, sheet, box);
}
function stepHit(/** @type {number} */ by) {
  const count = search.hits.length;
  if (count) goToHit((search.current + by + count) % count);
}

/** @param {Hit} hit @returns {Range[]} */
function rangesOf(hit) {
  const sheet = app.sheets[hit.page];
  if (!sheet || sheet.textId !== sheet.page.id) return [];
  return hit.parts.flatMap(({ i, from, to }) => {
    const node = sheet.pieceNodes.get(i);
    if (!node || to > node.data.length) return [];
    const range = new Range();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [range];
  });
}
const paintHits = perFrame(() => {
  const here = currentIndex(), current = search.hits[search.current];
  // One letter may be found a hundred thousand times; only what can be seen soon is painted.
  const others = search.hits.filter((hit) => hit !== current && Math.abs(hit.page - here) < 8);
  if ("Highlight" in globalThis && CSS.highlights) {
    CSS.highlights.set("found", highlightOf(others));
    CSS.highlights.set("current", highlightOf(current ? [current] : []));
    return;
  }
  clearMarks("found");
  clearMarks("current");
  for (const hit of others) boxHit(hit, "found");
  if (current) boxHit(current, "current");
});

function highlightOf(/** @type {Hit[]} */ hits) {
  const highlight = new Highlight();
  for (const hit of hits) for (const range of rangesOf(hit)) highlight.add(range);
  return highlight;
}

/** Boxes where the browser has no Custom Highlight API. @param {Hit} hit @param {string} className */
function boxHit(hit, className) {
  const sheet = app.sheets[hit.page];
  for (const range of rangesOf(hit)) {
    const paper = sheet.element.getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      addMark(sheet, { x: (rect.left - paper.left) / sheet.scale, y: (rect.top - paper.top) / sheet.scale, width: rect.width / sheet.scale, height: rect.height / sheet.scale }, className);
    }
  }
}

function openSearch() {
  closeMenu();
  $("search").hidden = false;
  $("b-search").setAttribute("aria-expanded", "true");
  $("search-box").focus();
  $("search-box").select();
  if ($("search-box").value) runSearch($("search-box").value);
}
function closeSearch() {
  $("search").hidden = true;
  $("b-search").setAttribute("aria-expanded", "false");
  searchNumber++;
  Object.assign(search, { query: "", hits: [], current: -1 });
  paintHits();
  view.focus({ preventScroll: true });
}

// ---------------------------------------------------------------- PDF beside Word

const NO_WORD = "Máy này chưa có LibreOffice nên không xem được tệp Word.";
/** @typedef {{ kind: "line" | "page" | "missing" | "extra", message: string, pdf: number[][], word: number[][] }} Difference */
const word = {
  pages: /** @type {Page[]} */ ([]),
  sheets: /** @type {Sheet[]} */ ([]),
  gaps: /** @type {{ element: any, page: Page }[]} */ ([]),
  differences: /** @type {Difference[]} */ ([]),
  shownFor: "",
  current: -1,
  abort: /** @type {AbortController | null} */ (null),
};

function setBeside(/** @type {boolean} */ on) {
  closeMenu();
  if (on && app.state && !app.state.word) return toast(NO_WORD);
  const anchor = anchorAt();
  change({ beside: on });
  $("b-beside").setAttribute("aria-pressed", String(on));
  if (on) {
    if (!isNarrow()) setPanel("word", true);
    if (app.state) compareWord();
  } else forgetWord();
  layOut();
  goTo(anchor);
  scrolled();
}

function forgetWord() {
  word.abort?.abort();
  Object.assign(word, { pages: [], sheets: [], differences: [], shownFor: "", current: -1 });
  placeWord();
  setPanel("word", false);
  $("word-bar").hidden = true;
  container.classList.remove("word-old");
  showDifferences();
}

/** @param {string} text @param {boolean} busy */
function showWordBar(text, busy) {
  $("word-bar").hidden = false;
  $("word-bar").classList.toggle("idle", !busy);
  $("word-text").textContent = text;
}

async function compareWord() {
  const state = app.state;
  if (!state || state.revision === null || !state.pages.length) return;
  const key = JSON.stringify([state.revision, state.unit]);
  if (key === word.shownFor) return;
  word.abort?.abort();
  const abort = word.abort = new AbortController();
  container.classList.add("word-old");
  showWordBar("LibreOffice đang dựng tệp Word…", true);
  try {
    const result = await ask(address("word", pageParams()), { signal: abort.signal });
    if (abort.signal.aborted) return;
    word.shownFor = key;
    await showWord(result);
  } catch (error) {
    if (/** @type {any} */ (error)?.name === "AbortError" || /** @type {any} */ (error)?.status === 410) return;
    showWordBar(error instanceof Failure ? `${error.message} ${error.hint ?? ""}` : "Không dựng được tệp Word.", false);
  }
}

/** @param {{ pages: Page[], summary: string, differences: Difference[] }} result */
async function showWord({ pages, summary, differences }) {
  const sheets = pages.map((page, k) => word.sheets[k] ?? new Sheet("word"));
  const [first, last] = rowsInView();
  const near = sheets.map((sheet, k) => ({ sheet, id: pages[k].id, k })).filter(({ sheet, id, k }) => k >= first && k <= last && sheet.imageId !== id);
  const ready = await Promise.allSettled(near.map(async ({ sheet, id }) => ({ sheet, id, image: await sheet.load(id) })));
  if (!wordOn()) return;
  const anchor = anchorAt();
  pages.forEach((page, k) => sheets[k].take(page, `Tệp Word, trang ${k + 1} trên ${pages.length}`));
  for (const result of ready) if (result.status === "fulfilled") result.value.sheet.swap(result.value.image, result.value.id);
  Object.assign(word, { pages, sheets, differences, current: -1 });
  placeWord();
  layOut();
  goTo(anchor);
  container.classList.remove("word-old");
  showWordBar(summary, false);
  showDifferences();
  nearChanged();
}

/** Puts Word page n on the row of PDF page n; where one of them is missing, a gap. */
function placeWord() {
  for (const row of app.extraRows) row.element.remove();
  for (const gap of word.gaps) gap.element.remove();
  for (const node of container.querySelectorAll(".sheet.word")) node.remove();
  app.extraRows = [];
  word.gaps = [];
  if (!word.pages.length) return;
  for (let k = 0; k < Math.max(app.sheets.length, word.pages.length); k++) {
    const pdf = app.sheets[k], other = word.sheets[k];
    let row = pdf && rowOf.get(pdf);
    if (!row) {
      row = make("div", "row");
      const gap = gapFor(word.pages[k], `Bản PDF không có trang ${k + 1}.`);
      row?.append(gap);
      container.append(/** @type {HTMLElement} */ (row));
      app.extraRows.push({ element: row, gap });
    }
    row?.append(other ? other.element : gapFor(pdf.page, `Tệp Word không có trang ${k + 1}.`));
  }
}

/** @param {Page} page @param {string} text */
function gapFor(page, text) {
  const element = make("div", "gap", text);
  element.style.setProperty("--w", String(page.width));
  element.style.setProperty("--h", String(page.height));
  word.gaps.push({ element, page });
  return element;
}

const KINDS = { line: "Ngắt dòng", page: "Ngắt trang", missing: "Thiếu", extra: "Thừa" };
function showDifferences() {
  for (const kind of Object.keys(KINDS)) clearMarks(kind);
  $("no-differences").hidden = word.differences.length > 0 || !word.pages.length;
  $("diff-list").replaceChildren(...word.differences.map((difference, k) => differenceItem(difference, k)));
  word.differences.forEach((difference, k) => {
    for (const [sheets, boxes] of /** @type {const} */ ([[app.sheets, difference.pdf], [word.sheets, difference.word]])) {
      for (const [page, x, y, width, height] of boxes) {
        const mark = sheets[page] && addMark(sheets[page], { x, y, width, height }, difference.kind);
        if (mark) { mark.dataset.difference = String(k); mark.title = difference.message; }
      }
    }
  });
}

/** @param {Difference} difference @param {number} index */
function differenceItem(difference, index) {
  const item = make("li", "warning"), choose = make("button", "choose"), where = make("span", "where");
  where.append(make("b", "", KINDS[difference.kind] ?? "Khác"), ` · trang ${(difference.pdf[0] ?? difference.word[0] ?? [0])[0] + 1}`);
  choose.append(where, difference.message);
  choose.addEventListener("click", () => goToDifference(index));
  item.append(choose);
  return item;
}

function goToDifference(/** @type {number} */ index) {
  const difference = word.differences[index];
  if (!difference) return;
  word.current = index;
  for (const mark of container.querySelectorAll("[data-difference]")) mark.classList.toggle("chosen", /** @type {HTMLElement} */ (mark).dataset.difference === String(index));
  [...$("diff-list").querySelectorAll(".choose")].forEach((node, k) => {
    if (k === index) { node.setAttribute("aria-current", "true"); node.scrollIntoView({ block: "nearest" }); }
    else node.removeAttribute("aria-current");
  });
  const inPdf = difference.pdf.length > 0, place = (inPdf ? difference.pdf : difference.word)[0];
  if (!place) return;
  const [page, x, y, width, height] = place;
  reveal(page, (inPdf ? app.sheets : word.sheets)[page], { x, y, width, height });
  announce(`Chỗ khác ${index + 1} trên ${word.differences.length}: ${difference.message}`);
}
function stepDifference(/** @type {number} */ by) {
  const count = word.differences.length;
  if (!wordOn()) return;
  if (!count) return toast("Bản PDF và tệp Word không có chỗ nào khác nhau.");
  goToDifference((Math.max(word.current, by < 0 ? 0 : -1) + by + count) % count);
}

// ---------------------------------------------------------------- Keys and buttons

/** @type {Record<string, () => void>} */
const KEYS = {
  "+": () => stepZoom(1), "=": () => stepZoom(1), "-": () => stepZoom(-1), "−": () => stepZoom(-1),
  "0": () => setZoom("width"), "1": () => setZoom(1), w: () => setZoom("page"),
  g: () => { $("page-number").focus(); $("page-number").select(); },
  n: () => goToPage(currentIndex() + 1), j: () => goToPage(currentIndex() + 1),
  p: () => goToPage(currentIndex() - 1), k: () => goToPage(currentIndex() - 1),
  "/": openSearch, d: () => toggle("problems"), s: () => toggle("source"),
  u: () => { if (app.state?.units) toggle("units"); },
  b: () => setBeside(!wordOn()), ",": () => stepDifference(-1), ".": () => stepDifference(1),
  l: () => { goToSelection(); }, e: openCursorLine, "?": () => $("help").showModal(),
};

const isTyping = (/** @type {any} */ node) => node instanceof HTMLInputElement && node.type !== "checkbox" || node instanceof HTMLSelectElement;

/** Whether the browser scrolls something by itself for a key pressed there; from a button in the toolbar it does not. */
const inScroller = (/** @type {any} */ node) => node instanceof Element && Boolean(node.closest(".view, .scroll, .outline"));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.defaultPrevented || $("help").open) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "p") { event.preventDefault(); printAll(); return; }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "F8") { event.preventDefault(); stepProblem(event.shiftKey ? -1 : 1); return; }
  if (event.key === "Escape") { closeSomething(); return; }
  if (isTyping(event.target)) return;
  if (event.key === "Enter" && event.target === view && !getSelection()?.isCollapsed) { goToSelection(); return; }
  if ((event.key === "ArrowLeft" || event.key === "ArrowRight") && app.state?.units && !source.list.contains(/** @type {Node} */ (event.target)) && event.target !== $("dock-grip")) {
    event.preventDefault();
    stepUnit(event.key === "ArrowRight" ? 1 : -1);
    return;
  }
  if ((event.key === "PageDown" || event.key === "PageUp") && !inScroller(event.target)) {
    event.preventDefault();
    view.scrollBy({ top: (event.key === "PageDown" ? 0.9 : -0.9) * view.clientHeight });
    return;
  }
  const work = KEYS[event.key] ?? KEYS[event.key.toLowerCase()];
  if (!work) return;
  event.preventDefault();
  work();
});

/** Esc closes what is nearest: the menu, the panel with the focus, the search box, then the last panel. */
function closeSomething() {
  if ($("tools").classList.contains("open")) { closeMenu(); $("b-menu").focus(); return; }
  $("toast").hidden = true;
  const inside = document.activeElement?.closest(".panel")?.id.slice("panel-".length);
  if (!inside && !$("search").hidden) return closeSearch();
  const open = inside ?? ["source", "units", "problems", "word"].find(isOpen);
  if (!open) { clearMarks("place"); view.focus({ preventScroll: true }); return; }
  if (open === "word" && !isNarrow()) setBeside(false);
  else setPanel(open, false);
}

/** Lays every page out before the browser prints; what is not decoded would come out blank. */
async function printAll() {
  toast("Đang chuẩn bị các trang để in…");
  await Promise.allSettled(app.sheets.map((sheet) => sheet.refresh()));
  $("toast").hidden = true;
  print();
}

// From the browser's menu there is no time to wait, but what has been fetched once comes fast.
addEventListener("beforeprint", () => { for (const sheet of app.sheets) sheet.refresh(); });

function onClick(/** @type {string} */ id, /** @type {() => void} */ work) { $(id).addEventListener("click", work); }

function wireToolbar() {
  onClick("b-prev", () => goToPage(currentIndex() - 1));
  onClick("b-next", () => goToPage(currentIndex() + 1));
  onClick("b-in", () => stepZoom(1));
  onClick("b-out", () => stepZoom(-1));
  onClick("b-full", () => setZoom(1));
  onClick("b-width", () => setZoom("width"));
  onClick("b-page", () => setZoom("page"));
  onClick("b-search", () => ($("search").hidden ? openSearch() : closeSearch()));
  onClick("b-source", () => toggle("source"));
  onClick("b-problems", () => toggle("problems"));
  onClick("b-failed", () => setPanel("problems", true, true));
  onClick("b-units", () => toggle("units"));
  onClick("b-unit", () => toggle("units"));
  onClick("b-unit-prev", () => stepUnit(-1));
  onClick("b-unit-next", () => stepUnit(1));
  onClick("b-beside", () => setBeside(!wordOn()));
  onClick("b-help", () => { closeMenu(); $("help").showModal(); });
  onClick("b-diff-prev", () => stepDifference(-1));
  onClick("b-diff-next", () => stepDifference(1));
  onClick("b-open", openCursorLine);
  onClick("b-outline", () => setOutline(!settings.outline));
  onClick("b-menu", () => $("b-menu").setAttribute("aria-expanded", String($("tools").classList.toggle("open"))));
  onClick("skip", () => view.focus());
  $("skip").addEventListener("click", (/** @type {Event} */ event) => event.preventDefault());
  for (const name of Object.keys(PANELS)) {
    $(`panel-${name}`).querySelector(".close").addEventListener("click", () => (name === "word" && !isNarrow() ? setBeside(false) : setPanel(name, false)));
  }
  const box = $("page-number");
  box.addEventListener("focus", () => box.select());
  box.addEventListener("change", () => { const page = Number.parseInt(box.value, 10); if (page > 0) goToPage(page - 1); });
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter") view.focus({ preventScroll: true }); });
  box.addEventListener("blur", () => showCurrentPage());
}

function setOutline(/** @type {boolean} */ on) {
  change({ outline: on });
  $("outline").hidden = !on;
  $("b-outline").setAttribute("aria-pressed", String(on));
}

function wireSearch() {
  const box = $("search-box"), typed = debounce(90, () => runSearch(box.value));
  box.addEventListener("input", typed);
  box.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => { if (event.key === "Enter" && !event.isComposing) { event.preventDefault(); stepHit(event.shiftKey ? -1 : 1); } });
  onClick("b-search-prev", () => stepHit(-1));
  onClick("b-search-next", () => stepHit(1));
  onClick("b-search-close", closeSearch);
}

function wireUnits() {
  $("unit-order").value = settings.order;
  $("unit-order").addEventListener("change", () => { change({ order: $("unit-order").value }); units.filter(); });
  $("unit-search").addEventListener("input", () => units.filter());
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.isComposing) return;
    const inBox = event.target === $("unit-search");
    if (event.key === "Enter") { const unit = units.shown[units.active]; if (unit) chooseUnit(unit.key, true); }
    else if ((inBox && (event.key === "Home" || event.key === "End")) || !units.move(event.key)) return;
    event.preventDefault();
  };
  $("unit-search").addEventListener("keydown", keys);
  units.box.addEventListener("keydown", keys);
  units.box.addEventListener("scroll", perFrame(() => units.draw()), { passive: true });
  new ResizeObserver(() => units.draw()).observe(units.box);
}

function wireSource() {
  $("source-files").addEventListener("change", () => { source.setFile(Number($("source-files").value)); source.refill(); });
  $("click-opens").checked = settings.clickOpens;
  $("click-opens").addEventListener("change", () => change({ clickOpens: $("click-opens").checked }));
}

function wireDock() {
  const grip = $("dock-grip");
  setDock(settings.dock);
  grip.addEventListener("pointerdown", (/** @type {PointerEvent} */ event) => { grip.setPointerCapture(event.pointerId); event.preventDefault(); });
  grip.addEventListener("pointermove", (/** @type {PointerEvent} */ event) => {
    if (grip.hasPointerCapture(event.pointerId)) setDock((1 - event.clientX / innerWidth) * 100);
  });
  grip.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: 2, ArrowRight: -2 }[event.key];
    if (by) { event.preventDefault(); setDock(settings.dock + by); }
  });
}

// ---------------------------------------------------------------- Start

wireToolbar();
wireSearch();
wireUnits();
wireSource();
wireDock();
setOutline(settings.outline);
if (!isNarrow()) for (const name of settings.panels) if (PANELS[name]) setPanel(name, true);
view.focus({ preventScroll: true });
connect(readHash().unit ?? stored(sessionStorage, placeKey)?.unit ?? null);
