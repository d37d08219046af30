// @ts-check
// The panels at the right (sheets from below on a phone) and the menu of a narrow toolbar.

import { $, clamp, isNarrow } from "./dom.js";
import { change, settings } from "./settings.js";
import { app, tell, view } from "./state.js";
import { fitView } from "./zoom.js";

export const PANELS = /** @type {Record<string, string>} */ ({ problems: "b-problems", word: "b-beside", units: "b-units", source: "b-source" });

/** @param {string} name @param {boolean} open @param {boolean} [focus] */
export function setPanel(name, open, focus = false) {
  if (open && isNarrow()) for (const other of Object.keys(PANELS)) if (other !== name) $(`panel-${other}`).hidden = true;
  const had = $(`panel-${name}`).contains(document.activeElement);
  $(`panel-${name}`).hidden = !open;
  showDock();
  if (open && focus) focusPanel(name);
  if (!open && had) view.focus({ preventScroll: true });
  if (open && (name === "source" || name === "units")) tell(`panel-${name}`);
}

function showDock() {
  const open = Object.keys(PANELS).filter((name) => !$(`panel-${name}`).hidden);
  $("dock").hidden = !open.length;
  for (const [name, button] of Object.entries(PANELS)) if (name !== "word") $(button).setAttribute("aria-expanded", String(open.includes(name)));
  $("b-unit").setAttribute("aria-expanded", String(open.includes("units")));
  change({ panels: open.filter((name) => name !== "word") });
  if (app.sheets.length) fitView(); // now, since what opened the panel may go on to show a place on the paper
}

export function focusPanel(/** @type {string} */ name) {
  const target = { problems: $("problem-list").querySelector("button") ?? $("problem-list"), word: $("diff-list"), units: $("unit-search"), source: $("source-lines") }[name];
  target?.focus({ preventScroll: true });
}
export const isOpen = (/** @type {string} */ name) => !$(`panel-${name}`).hidden;
export const toggle = (/** @type {string} */ name) => { setPanel(name, !isOpen(name), true); closeMenu(); };

export function closeMenu() {
  $("tools").classList.remove("open");
  $("b-menu").setAttribute("aria-expanded", "false");
}

function setDock(/** @type {number} */ percent) {
  const width = clamp(percent, 20, 70);
  document.documentElement.style.setProperty("--dock", `${width}%`);
  $("dock-grip").setAttribute("aria-valuenow", String(Math.round(width)));
  change({ dock: width });
}

export function wireDock() {
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
