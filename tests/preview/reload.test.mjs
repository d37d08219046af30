// Reloading, and addresses that are passed on.
import { assert, clean, complete, open, scrollTop, sheets, shot, shown, test, words } from "./harness.mjs";

test("a reload keeps page, place, zoom, unit and panels", { sample: "samples/mau-giao-chi-tieu.yaml", units: "samples/don-vi.csv" }, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await page.keyboard.press("s");
  await page.keyboard.press("u");
  await page.locator("#unit-rows [role=option]").nth(2).click();
  await words(page, "PHƯỜNG HÀM THẮNG");
  await page.locator("#view").focus();
  await page.keyboard.press("1");
  await page.keyboard.press("+");
  await page.locator("#view").evaluate((view) => { view.scrollTop = 1777; });
  await page.waitForTimeout(600);
  const look = async () => ({
    top: await scrollTop(page), zoom: await page.locator("#zoom-value").textContent(), unit: await page.locator("#unit-name").textContent(),
    number: await page.locator("#page-number").inputValue(), source: await page.locator("#panel-source").isVisible(), units: await page.locator("#panel-units").isVisible(),
    address: page.url(),
  });
  const before = await look();
  assert.deepEqual([before.zoom, before.unit, before.number, before.source, before.units], ["110 %", "UBND phường Hàm Thắng", "2", true, true]);
  await page.reload();
  await shown(page);
  await complete(page);
  await page.waitForTimeout(600);
  const after = await look();
  assert.ok(Math.abs(after.top - before.top) <= 2, `${before.top} → ${after.top}`);
  assert.deepEqual({ ...after, top: 0 }, { ...before, top: 0 });
  await shot(page, "reload");
  clean(page);
});

test("a copied address opens at its page", {}, async ({ server, browser }) => {
  const page = await open(browser, `${server.url}#trang=7`);
  await shown(page);
  await page.waitForTimeout(400);
  assert.equal(await page.locator("#page-number").inputValue(), "7");
  const box = await sheets(page).nth(6).boundingBox();
  assert.ok(box.y >= 0 && box.y < 120, `page 7 is at the top of the view (${box.y})`);
  await page.waitForFunction(() => document.querySelectorAll("section[aria-label^='Trang ']")[6].querySelector("img")?.complete);
  await shot(page, "address");
  // The same tab, another page: typed into the address.
  await page.evaluate(() => { location.hash = "#trang=2"; });
  await page.waitForFunction(() => document.querySelector("#page-number").value === "2");
  await page.goto(`${server.url}#trang=99`);
  await page.waitForTimeout(300);
  assert.equal(await page.locator("#page-number").inputValue(), "8", "a page that is not there is the last one");
  clean(page);
});
