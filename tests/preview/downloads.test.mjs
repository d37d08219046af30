// What is taken away from the page is, byte for byte, what the commands write.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assert, clean, edit, open, run, shot, shown, test, words } from "./harness.mjs";

async function download(page, id) {
  const [file] = await Promise.all([page.waitForEvent("download"), page.locator(id).click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

test("PDF and Word of a plan are those of render", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await edit(server.plan, "ho_ten: Phan Hoài Đức", "ho_ten: Phan Hoài Đức Anh");
  await words(page, "Phan Hoài Đức Anh");
  run(server.folder, "render", "ke-hoach-tinh.yaml", "-o", "out.pdf", "-o", "out.docx", "-q");
  for (const kind of ["pdf", "docx"]) {
    const { name, bytes } = await download(page, `#a-${kind}`);
    assert.equal(name, `ke-hoach-tinh.${kind}`);
    assert.ok(bytes.equals(await readFile(join(server.folder, `out.${kind}`))), `${kind} is that of render`);
  }
  await shot(page, "downloads");
  clean(page);
});

test("the links of a failed plan give the last good files", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  run(server.folder, "render", "ke-hoach-tinh.yaml", "-o", "out.pdf", "-q");
  await edit(server.plan, "loai: ke_hoach", "loai: ke_hoch");
  await shown(page, 2);
  const { bytes } = await download(page, "#a-pdf");
  assert.ok(bytes.equals(await readFile(join(server.folder, "out.pdf"))));
  clean(page);
});

test("files of a unit are those of batch", { sample: "samples/mau-giao-chi-tieu.yaml", units: "samples/don-vi.csv" }, async ({ server, browser }) => {
  const page = await open(browser, `${server.url}#trang=1&don-vi=${encodeURIComponent("Ủy ban nhân dân phường Hàm Thắng")}`);
  await words(page, "PHƯỜNG HÀM THẮNG");
  run(server.folder, "batch", "mau-giao-chi-tieu.yaml", "--units", "don-vi.csv", "-o", "out", "--only", 'stt == "003"', "-q");
  for (const kind of ["pdf", "docx"]) {
    const { name, bytes } = await download(page, `#a-${kind}`);
    assert.equal(name, `uy-ban-nhan-dan-phuong-ham-thang.${kind}`);
    assert.ok(bytes.equals(await readFile(join(server.folder, "out", name))), `${kind} is that of batch`);
  }
  await shot(page, "downloads-unit");
  clean(page);
});
