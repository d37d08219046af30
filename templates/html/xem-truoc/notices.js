// @ts-check
// Short words to the user: the toast on the screen and the polite live region for screen readers.

import { $ } from "./dom.js";

let toastTimer = 0;
export function toast(/** @type {string} */ message) {
  const node = $("toast");
  node.hidden = false;
  node.textContent = message;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, 3000 + message.length * 40);
}

// At most once a second, and only the newest: typing must not make a screen reader chatter.
let announcedAt = 0, announceTimer = 0;
export function announce(/** @type {string} */ message) {
  clearTimeout(announceTimer);
  announceTimer = setTimeout(() => { announcedAt = performance.now(); $("status").textContent = message; },
    Math.max(0, announcedAt + 1000 - performance.now()));
}
