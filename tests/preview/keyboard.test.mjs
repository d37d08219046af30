// Without a mouse: everything is reached by Tab, is seen to have the focus, and has a key.
import { assert, clean, complete, open, sheets, shot, shown, test } from "./harness.mjs";

const active = (page) => page.evaluate(() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const style = getComputedStyle(node), box = node.getBoundingClientRect();
  return {
    name: node.id || node.getAttribute("aria-label") || node.className || node.tagName,
    ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none",
    visible: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight,
  };
});

test("Tab reaches everything, and the focus is seen", { sample: "samples/mau-giao-chi-tieu.yaml", units: "samples/don-vi.csv" }, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  for (const key of ["d", "u"]) { await page.locator("#view").focus(); await page.keyboard.press(key); }
  await page.locator("#view").focus();
  await page.keyboard.press("s");
  await page.locator("#b-outline").focus();
  await page.keyboard.press("Shift+Tab");
  const seen = [];
  for (let k = 0; k < 80; k++) {
    const now = await active(page);
    if (now) {
      if (seen.some(({ name }) => name === now.name && name === seen[0].name)) break;
      seen.push(now);
    }
    await page.keyboard.press("Tab");
  }
  const names = new Set(seen.map(({ name }) => name));
  const wanted = await page.evaluate(() => [...document.querySelectorAll("button, a[href], input, select, [tabindex='0']")]
    .filter((node) => node.checkVisibility() && !node.disabled && node.getAttribute("role") !== "option")
    .map((node) => node.id || node.getAttribute("aria-label") || node.className || node.tagName));
  assert.deepEqual(wanted.filter((name) => !names.has(name)), [], "not reached");
  assert.deepEqual(seen.filter(({ ring, name }) => !ring && name !== "skip").map(({ name }) => name), [], "focus not seen");
  assert.deepEqual(seen.filter(({ visible }) => !visible).map(({ name }) => name), [], "focus out of sight");
  await page.locator("#b-pdf, #a-pdf").first().focus();
  await shot(page, "keyboard-focus");
  clean(page);
});

test("keys for pages, zoom, panels and help", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  const zoom = () => page.locator("#zoom-value").textContent();
  const number = async () => { await page.waitForTimeout(150); return page.locator("#page-number").inputValue(); };
  await page.keyboard.press("1");
  assert.equal(await zoom(), "100 %");
  assert.equal(Math.round((await sheets(page).first().boundingBox()).width), Math.round(595.28 * 96 / 72), "100 % is the true size");
  await page.keyboard.press("+");
  assert.equal(await zoom(), "110 %");
  await page.keyboard.press("-");
  await page.keyboard.press("-");
  assert.equal(await zoom(), "90 %");
  await page.keyboard.press("w");
  const fit = await sheets(page).first().boundingBox(), view = await page.locator("#view").boundingBox();
  assert.ok(fit.height <= view.height && fit.height > view.height * 0.9, "the whole page fits");
  assert.equal(await page.locator("#b-page").getAttribute("aria-pressed"), "true");
  await page.keyboard.press("0");
  const wide = await sheets(page).first().boundingBox();
  assert.ok(wide.width <= view.width && wide.width > view.width * 0.9, "the width fits");

  await page.keyboard.press("n");
  assert.equal(await number(), "2");
  await page.keyboard.press("j");
  assert.equal(await number(), "3");
  await page.keyboard.press("p");
  assert.equal(await number(), "2");
  await page.keyboard.press("g");
  await page.keyboard.type("6");
  await page.keyboard.press("Enter");
  assert.equal(await number(), "6");
  assert.equal(await page.evaluate(() => document.activeElement.id), "view");
  const top = await page.locator("#view").evaluate((view) => view.scrollTop);
  await page.keyboard.press("PageDown");
  await page.waitForTimeout(500);
  assert.ok(await page.locator("#view").evaluate((view) => view.scrollTop) > top + 200, "PageDown scrolls");

  // The zoom keeps the words in the middle where they are.
  await page.keyboard.press("1");
  await page.waitForTimeout(200);
  const middle = () => page.evaluate(() => {
    const box = document.querySelector("#view").getBoundingClientRect(), y = box.top + box.height / 2;
    const sheet = [...document.querySelectorAll("section[aria-label^='Trang ']")].find((node) => { const r = node.getBoundingClientRect(); return r.top <= y && r.bottom >= y; });
    const r = sheet.getBoundingClientRect();
    return [sheet.getAttribute("aria-label"), (y - r.top) / r.height];
  });
  const before = await middle();
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  const after = await middle();
  assert.equal(after[0], before[0]);
  assert.ok(Math.abs(after[1] - before[1]) < 0.01, `${before} → ${after}`);

  for (const [key, panel] of [["d", "problems"], ["s", "source"]]) {
    await page.keyboard.press(key);
    assert.equal(await page.locator(`#panel-${panel}`).isVisible(), true, panel);
    assert.equal(await page.locator(`#b-${panel}`).getAttribute("aria-expanded"), "true");
    await page.keyboard.press("Escape");
    assert.equal(await page.locator(`#panel-${panel}`).isVisible(), false, `Esc closes ${panel}`);
    assert.equal(await page.locator(`#b-${panel}`).getAttribute("aria-expanded"), "false");
  }
  await page.keyboard.press("?");
  assert.equal(await page.locator("#help").isVisible(), true);
  await shot(page, "keyboard-help");
  assert.equal(await page.evaluate(() => document.activeElement.closest("dialog")?.id), "help", "the focus is in the dialog");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog") !== null), "and stays there");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#help").isVisible(), false);
  clean(page);
});

test("typing in a box is typing", { sample: "samples/mau-giao-chi-tieu.yaml", units: "samples/don-vi.csv" }, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await page.keyboard.press("/");
  await page.keyboard.type("sdub?1+g");
  assert.equal(await page.locator("#search-box").inputValue(), "sdub?1+g");
  const unit = await page.locator("#unit-name").textContent();
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowRight");
  assert.equal(await page.locator("#unit-name").textContent(), unit, "arrows move the caret, not the unit");
  assert.equal(await page.locator("#panel-source").isVisible(), false);
  assert.equal(await page.locator("#help").isVisible(), false);
  clean(page);
});
