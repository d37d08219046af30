// @ts-check
// A Word file or a text that is dropped on the page: what it would be as a plan, to take away.

import { $, make } from "./dom.js";
import { address, ask, report } from "./net.js";
import { toast } from "./notices.js";

const KNOWN = /\.(docx|doc|rtf|odt|txt|md|html?)$/i;
/** @type {string | null} */
let url = null;

const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files") ?? false;

async function take(/** @type {File} */ file) {
  if (!KNOWN.test(file.name)) return toast("Thả vào đây một tệp Word (.docx, .doc), .rtf, .odt, .txt, .md hoặc .html để nhập thành kế hoạch.");
  toast(`Đang nhập ${file.name}…`);
  try {
    show(file.name, await ask(address("import", { name: file.name }), { method: "POST", body: file }));
  } catch (error) {
    report(error);
  }
}

function show(/** @type {string} */ from, /** @type {any} */ made) {
  $("toast").hidden = true;
  $("h-imported").textContent = `Nhập ${from}`;
  if (url) URL.revokeObjectURL(url);
  url = URL.createObjectURL(new Blob([made.plan], { type: "application/yaml" }));
  $("a-plan").href = url;
  $("a-plan").download = made.name;
  $("plan-name").textContent = made.name;
  const notes = [
    ...(made.errors ? [`Còn ${made.errors} chỗ phải sửa mới in được; mỗi chỗ có dòng “# kiểm tra” trong kế hoạch.`] : []),
    ...(made.pictures ? [`Tệp có ${made.pictures} hình; muốn lấy hình thì nhập bằng lệnh vanthu import.`] : []),
    ...made.unsure.map((/** @type {string} */ why) => `Kiểm tra: ${why}.`),
    ...made.signs.map((/** @type {string} */ sign) => `${sign[0].toUpperCase()}${sign.slice(1)}.`),
    ...(made.added.length ? [`Trang in thêm chữ: “${made.added.join("”, “")}”.`] : []),
    ...made.leftOut.map((/** @type {string} */ words) => `Không đưa vào: ${words}.`),
  ];
  $("imported-notes").replaceChildren(...notes.map((note) => make("li", "", note)));
  $("imported-text").textContent = notes.length ? "Mọi từ của tệp đã vào kế hoạch. Cần xem lại:" : "Mọi từ của tệp đã vào kế hoạch, không có chỗ nào phải xem lại.";
  $("imported").showModal();
}

export function wireDropping() {
  addEventListener("dragover", (event) => { if (hasFiles(event)) event.preventDefault(); });
  addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file) void take(file);
  });
}
