// @ts-check
// Zoom levels, the wheel, and keeping the place when the room for the pages changes.

import { clamp } from "./dom.js";
import { anchorAt, currentScale, goTo, layOut } from "./geometry.js";
import { nearChanged, scrolled } from "./scrolling.js";
import { change } from "./settings.js";
import { view } from "./state.js";
/** @import { Anchor } from "./types.js" */

const STEPS = [0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3, 4, 5];

export function setZoom(/** @type {"width" | "page" | number} */ zoom) {
  const anchor = anchorAt(0.5);
  change({ zoom });
  layOut();
  goTo(anchor, 0.5);
  nearChanged();
}

export function stepZoom(/** @type {number} */ by) {
  const now = currentScale();
  setZoom(by > 0 ? STEPS.find((step) => step > now * 1.01) ?? 5 : STEPS.findLast((step) => step < now * 0.99) ?? 0.25);
}

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
export function fitView() {
  const size = `${view.clientWidth} ${view.clientHeight}`;
  if (size === fittedTo) return;
  fittedTo = size;
  const anchor = restPlace ?? anchorAt();
  layOut();
  goTo(anchor);
  scrolled();
}
new ResizeObserver(fitView).observe(view);
