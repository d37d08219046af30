// A phone, 360 px wide, and the widths between.
import { assert, clean, edit, open, sheets, shot, shown, test } from "./harness.mjs";

const overflow = (page) => page.evaluate(() => ({
  page: document.documentElement.scrollWidth - innerWidth,
  view: document.querySelector("#view").scrollWidth - document.querySelector("#view").clientWidth,
  out: [...document.querySelectorAll("button, a, input, select, h2, #toast, #failed")].filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.id !== "skip")
    .filter((node) => { const box = node.getBoundingClientRect(); return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1) && box.bottom > 0; })
    .map((node) => node.id || node.getAttribute("aria-label") || node.textContent.slice(0, 30)),
}));

for (const width of [360, 760, 761, 1024]) {
  test(`nothing is cut off at ${width} px`, { sample: "samples/mau-giao-chi-tieu.yaml", units: "samples/don-vi.csv" }, async ({ server, browser }) => {
    const page = await open(browser, server.url, { width, height: 740 });
    await shown(page);
    const none = { page: 0, view: 0, out: [] };
    assert.deepEqual(await overflow(page), none);
    const paper = await sheets(page).first().boundingBox();
    assert.ok(paper.x >= 0 && paper.x + paper.width <= width, "the paper fits the width");
    await shot(page, `narrow-${width}`);
    for (const [key, name] of [["s", "source"], ["u", "units"], ["d", "problems"]]) {
      await page.locator("#view").focus();
      await page.keyboard.press(key);
      await page.waitForTimeout(200);
      assert.deepEqual((await overflow(page)).out, [], name);
      assert.equal((await overflow(page)).page, 0, name);
      await shot(page, `narrow-${width}-${name}`);
      await page.keyboard.press("Escape");
    }
    await page.keyboard.press("/");
    assert.deepEqual((await overflow(page)).out, [], "search");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await page.waitForTimeout(100);
    assert.deepEqual((await overflow(page)).out, [], "help");
    await shot(page, `narrow-${width}-help`);
    await page.keyboard.press("Escape");
    await edit(server.plan, "loai: ke_hoach", "loai: ke_hoch");
    await shown(page, 2);
    assert.deepEqual((await overflow(page)).out, [], "banner");
    await shot(page, `narrow-${width}-failed`);
    clean(page);
  });
}

test("the menu of a phone holds the other commands", { sample: "samples/thong-bao.yaml" }, async ({ server, browser }) => {
  const page = await open(browser, server.url, { width: 360, height: 740, hasTouch: true });
  await shown(page);
  assert.equal(await page.locator("#a-pdf").isVisible(), false);
  await page.locator("#b-menu").tap();
  assert.equal(await page.locator("#b-menu").getAttribute("aria-expanded"), "true");
  for (const id of ["a-pdf", "a-docx", "b-source", "b-search", "b-in", "b-help"]) {
    const box = await page.locator(`#${id}`).boundingBox();
    assert.ok(box && box.x >= 0 && box.x + box.width <= 360, id);
    assert.ok(box.height >= 24 && box.width >= 24, `${id} can be hit by a finger (${box.width}×${box.height})`);
  }
  await shot(page, "narrow-menu");
  await page.locator("#b-source").tap();
  assert.equal(await page.locator("#panel-source").isVisible(), true);
  assert.equal(await page.locator("#a-pdf").isVisible(), false, "the menu closes when something was chosen");
  await page.locator("#panel-source .close").tap();
  assert.equal(await page.locator("#panel-source").isVisible(), false);
  await page.locator("#b-in").isHidden();
  // Zoomed in, the paper scrolls sideways, the page does not.
  await page.keyboard.press("1");
  await page.waitForTimeout(100);
  const over = await overflow(page);
  assert.equal(over.page, 0);
  assert.ok(over.view > 0);
  clean(page);
});
