// @ts-check
// Small helpers around the DOM and time that know nothing of vanthu.

/** @returns {any} */
export const $ = (/** @type {string} */ id) => document.getElementById(id);
export const clamp = (/** @type {number} */ n, /** @type {number} */ low, /** @type {number} */ high) => Math.max(low, Math.min(high, n));
export const isNarrow = () => matchMedia("(max-width: 900px)").matches;
export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
export const whenIdle = "requestIdleCallback" in window
  ? (/** @type {() => void} */ work) => void requestIdleCallback(work, { timeout: 500 })
  : (/** @type {() => void} */ work) => void setTimeout(work, 30);

/** @param {string} tag @param {string} [className] @param {string | null} [text] @returns {any} */
export function make(tag, className = "", text = null) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== null) node.textContent = text;
  return node;
}

/** Runs `work` once the current frame is on the screen; a hidden tab has no frames. */
export function afterPaint(/** @type {() => void} */ work) {
  if (document.hidden) setTimeout(work, 0);
  else requestAnimationFrame(() => requestAnimationFrame(work));
}

/** @template {any[]} A @param {number} wait @param {(...args: A) => void} work */
export function debounce(wait, work) {
  let timer = 0;
  return (/** @type {A} */ ...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), wait);
  };
}

/** At most one run per frame. */
export function perFrame(/** @type {() => void} */ work) {
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
export const fold = (/** @type {string} */ text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();

export function onClick(/** @type {string} */ id, /** @type {() => void} */ work) { $(id).addEventListener("click", work); }
