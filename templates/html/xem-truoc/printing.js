// @ts-check
// Printing: only sheets, each on its own paper.

import { $ } from "./dom.js";
import { toast } from "./notices.js";
import { app } from "./state.js";

/** Lays every page out before the browser prints; what is not decoded would come out blank. */
export async function printAll() {
  toast("Đang chuẩn bị các trang để in…");
  await Promise.allSettled(app.sheets.map((sheet) => sheet.refresh()));
  $("toast").hidden = true;
  print();
}

// From the browser's menu there is no time to wait, but what has been fetched once comes fast.
addEventListener("beforeprint", () => { for (const sheet of app.sheets) sheet.refresh(); });
