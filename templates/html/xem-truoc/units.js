// @ts-check
// The list of units: search, order, stepping from one to the next. Only the rows near the view exist.

import { hashFor } from "./address.js";
import { connect, wantedUnit } from "./connection.js";
import { $, clamp, fold, isNarrow, make, perFrame } from "./dom.js";
import { currentIndex } from "./geometry.js";
import { ask, report } from "./net.js";
import { announce, toast } from "./notices.js";
import { change, settings } from "./settings.js";
import { app, shortName, when } from "./state.js";
/** @import { State, Unit } from "./types.js" */

export const units = {
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

export async function refreshUnits(/** @type {State} */ state) {
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
  $("unit-name").textContent = shortName(key);
  connect(key);
  units.draw();
}

export function stepUnit(/** @type {number} */ by) {
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

export function wireUnits() {
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

when("panel-units", () => units.keepActive());
