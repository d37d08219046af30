// @ts-check
// The stream of states from the server: opening, reopening, and saying so when it is lost.

import { $ } from "./dom.js";
import { address } from "./net.js";
import { toast } from "./notices.js";
import { app } from "./state.js";
/** @import { State } from "./types.js" */

/** @type {EventSource | null} */
let events = null;
let retryTimer = 0, retryWait = 1000;
/** @type {string | null} */
export let wantedUnit = null;

/** What to do with a state; set once at the start. */
let receive = (/** @type {State} */ _state) => {};
export const onState = (/** @type {typeof receive} */ work) => { receive = work; };

export function connect(/** @type {string | null} */ unit) {
  clearTimeout(retryTimer);
  events?.close();
  wantedUnit = unit;
  const stream = new EventSource(address("events", { unit }));
  events = stream;
  stream.addEventListener("state", (event) => {
    if (stream !== events) return;
    retryWait = 1000;
    $("lost").hidden = true;
    performance.mark("vanthu:state");
    const state = JSON.parse(event.data);
    receive(state);
    noteUnit(state.unit);
  });
  stream.addEventListener("error", () => {
    if (stream !== events) return;
    showLost();
    // The browser tries again by itself unless the server answered with a failure.
    if (stream.readyState === EventSource.CLOSED) {
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
  const revision = app.state?.shown;
  node.textContent = `Mất kết nối với vanthu preview.${revision ? ` Trang đang xem là bản ${revision}.` : ""} Kiểm tra cửa sổ dòng lệnh; khi lệnh chạy lại, mở địa chỉ mới mà nó in ra.`;
  node.hidden = false;
}
