// @ts-check
// Printing: only sheets, each on its own paper. Sheets far from the view of a long document hold no image until they are wanted.

import { $ } from "./dom.js";
import { toast } from "./notices.js";
import { nearChanged } from "./scrolling.js";
import { app } from "./state.js";

function fetchAll() {
  app.keepImages = true;
  return Promise.allSettled(app.sheets.map((sheet) => sheet.refresh()));
}

/** Ctrl+P: fetches every page before the browser prints. */
export async function printAll() {
  toast("Đang chuẩn bị các trang để in…");
  await fetchAll();
  $("toast").hidden = true;
  print();
}

// The browser's menu leaves no time to fetch. Blank sheets must not go to the printer, so if one is missing a note is printed instead;
// meanwhile the pages are fetched, and the next try finds them.
addEventListener("beforeprint", () => {
  const missing = app.sheets.filter((sheet) => !sheet.refreshNow()).length;
  if (missing > 0) fetchAll().then(() => toast("Các trang đã sẵn sàng để in."));
  $("print-note").hidden = missing === 0;
  $("print-note").textContent = `Chưa in được vì còn ${missing} trang chưa tải xong. Đóng hộp thoại in này, bấm vào trang xem trước rồi nhấn Ctrl+P, hoặc tải bản PDF bằng nút PDF và in từ tệp ấy.`;
});
addEventListener("afterprint", () => {
  app.keepImages = !$("print-note").hidden;
  $("print-note").hidden = true;
  if (!app.keepImages) nearChanged();
});
