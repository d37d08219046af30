// A save: the changed page is there at once, and nothing else moved.
import { assert, clean, complete, edit, open, requestsDuring, saves, scrollTop, sheets, shot, shown, stateOf, test, words } from "./harness.mjs";

const mark = (page) => sheets(page).evaluateAll((all) => all.forEach((node, k) => { node.markedAs = k; node.querySelector("img").markedAs = k; }));
const marks = (page) => sheets(page).evaluateAll((all) => all.map((node) => [node.markedAs ?? null, node.querySelector("img")?.markedAs ?? null]));

for (const [way, save] of Object.entries(saves)) {
  test(`a save by ${way} swaps only the changed page`, {}, async ({ server, browser }) => {
    const page = await open(browser, server.url);
    await shown(page);
    await complete(page);
    await page.locator("#view").evaluate((view) => { view.scrollTop = 1100; });
    await page.waitForTimeout(500);
    const before = await stateOf(server), top = await scrollTop(page);
    await mark(page);
    const asked = await requestsDuring(page, async () => {
      await edit(server.plan, "cắt giảm thành phần hồ sơ", "cắt giảm giấy tờ hồ sơ", save);
      await words(page, "cắt giảm giấy tờ hồ sơ");
      await page.waitForTimeout(700);
    });
    const after = await stateOf(server);
    const changed = after.pages.flatMap(({ id }, k) => (id === before.pages[k].id ? [] : [k]));
    assert.equal(changed.length, 1, "one page changed");
    assert.deepEqual(asked.filter((path) => path.endsWith(".svg")), changed.map((k) => `page/${after.pages[k].id}.svg`), "one picture was asked for");
    const kept = await marks(page);
    assert.deepEqual(kept.map(([section]) => section), [0, 1, 2, 3, 4, 5, 6, 7], "every sheet is the same node");
    assert.deepEqual(kept.flatMap(([, image], k) => (image === null ? [k] : [])), changed, "only the changed page has a new picture");
    assert.equal(await scrollTop(page), top, "the view stands where it stood");
    assert.match(await page.locator("#revision").textContent(), /^bản \d+$/);
    await shot(page, `edit-${way}`);
    clean(page, way === "recreate" ? /404|410/ : null);
  });
}

// The reader looks at the annex while pages are added before it: at its top, and with the end of the page before it still in view.
for (const [where, offset, todo] of [["at the top of a page", 10, false], ["over the end of the page before", -200, false]]) {
  test(`pages added above leave the reader ${where}`, { todo }, async ({ server, browser }) => {
    const page = await open(browser, server.url);
    await shown(page);
    await complete(page);
    const words = page.locator("[data-i]", { hasText: "Rà soát, phân loại dịch vụ" }).first();
    const before = await words.evaluate((node, offset) => {
      const view = document.querySelector("#view"), sheet = node.closest("section");
      view.scrollTop += sheet.getBoundingClientRect().top - view.getBoundingClientRect().top + offset;
      return node.getBoundingClientRect().y;
    }, offset);
    await page.waitForTimeout(400);
    const long = Array.from({ length: 40 }, (_, k) => `  - Việc làm thêm thứ ${k + 1} để văn bản dài hơn một trang giấy.`).join("\n");
    const pages = await sheets(page).count();
    await edit(server.plan, "  II. MỤC TIÊU\n", `${long}\n  II. MỤC TIÊU\n`);
    await shown(page, 2);
    assert.ok(await sheets(page).count() > pages, "there are more pages");
    await page.waitForTimeout(500);
    await shot(page, `edit-added-above-${offset < 0 ? "over" : "at"}`);
    const after = (await page.locator("[data-i]", { hasText: "Rà soát, phân loại dịch vụ" }).first().boundingBox()).y;
    assert.ok(Math.abs(after - before) < 2, `the annex stands still (${before} → ${after})`);
    clean(page);
  });
}

test("twenty quick saves end with the newest words", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  let now = "cắt giảm thành phần hồ sơ";
  for (let k = 1; k <= 20; k++) {
    const next = `cắt giảm thành phần số ${k} của hồ sơ`;
    await edit(server.plan, now, next);
    now = next;
    await page.waitForTimeout(15);
  }
  await words(page, now);
  assert.equal((await page.locator("#revision").textContent()), `bản ${(await stateOf(server)).shown}`);
  await shot(page, "edit-quick");
  clean(page, /410/);
});
