// A file that is dropped on the page becomes a plan to take away; the document that is looked at stays.
import { readFile } from "node:fs/promises";
import { assert, clean, open, shot, shown, test } from "./harness.mjs";

const TEXT = "ỦY BAN NHÂN DÂN        CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n    XÃ ĐỒNG VĂN               Độc lập - Tự do - Hạnh phúc\nSố: 12/KH-UBND         Đồng Văn, ngày 03 tháng 02 năm 2026\n\nKẾ HOẠCH\nTrồng cây đầu xuân\n\nI. MỤC TIÊU\n1. Trồng 500 cây.\n\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\nCHỦ TỊCH\n\nLê Văn An\n";

/** Drops a file as a hand would. */
async function drop(page, name, text) {
  await page.evaluate(({ name, text }) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], name));
    const event = (kind) => new DragEvent(kind, { dataTransfer: transfer, bubbles: true, cancelable: true });
    document.body.dispatchEvent(event("dragover"));
    document.body.dispatchEvent(event("drop"));
  }, { name, text });
}

test("a dropped text is a plan to take away", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await drop(page, "trong-cay.txt", TEXT);
  await page.locator("#imported[open]").waitFor();
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator("#a-plan").click()]);
  assert.equal(file.suggestedFilename(), "trong-cay.yaml");
  const plan = await readFile(await file.path(), "utf8");
  assert.ok(plan.includes("loai: ke_hoach") && plan.includes("trich_yeu: Trồng cây đầu xuân"), plan);
  await shot(page, "dropped");
  await page.keyboard.press("Escape");
  await page.locator("#imported[open]").waitFor({ state: "detached" }).catch(() => {});
  await drop(page, "anh.png", "x");
  await page.locator("#toast", { hasText: "Thả vào đây một tệp Word" }).waitFor();
  clean(page);
});

test("a broken file is told", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await drop(page, "hong.docx", "PK hong");
  await page.locator("#toast", { hasText: "Không nhập được tệp hong.docx" }).waitFor();
  assert.equal(await page.locator("#imported[open]").count(), 0);
});
