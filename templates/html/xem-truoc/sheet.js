// @ts-check
// One sheet of paper on the screen: its look (an image of the SVG), its text layer and its marks.

import { make } from "./dom.js";
import { fontsReady, pageText } from "./page-text.js";
import { rowOf, sheetOf, tell } from "./state.js";
import { paragraphsOf } from "./text-layer.js";
/** @import { Page } from "./types.js" */

/** One sheet of paper on the screen; it outlives the looks it shows. */
export class Sheet {
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

  /** Shows the wanted look at once if the browser still has it, and else asks for it. @returns {boolean} whether it is shown */
  refreshNow() {
    const { id } = this.page;
    if (this.imageId === id) return true;
    if (this.loading?.id === id) return false;
    const image = new Image();
    image.alt = "";
    image.src = `${this.kind}/${id}.svg`;
    if (image.complete && image.naturalWidth > 0) this.swap(image, id);
    else this.refresh();
    return this.imageId === id;
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
    tell("text");
  }
}

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

export function newRow(/** @type {Sheet} */ sheet) {
  const row = make("div", "row");
  row.append(sheet.element);
  rowOf.set(sheet, row);
  return sheet;
}
