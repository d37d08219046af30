// The PDF beside the Word file, as LibreOffice shows it.
import { assert, clean, edit, found, open, sheets, shot, shown, start, stateOf, test, words } from "./harness.mjs";

const office = ["soffice", "libreoffice"].some(found);
if (!office) console.log("NOT TESTED: LibreOffice is not here");
const PATIENCE = 90_000;
const word = (page) => page.locator("section[aria-label^='Tệp Word, trang ']");
const done = (page) => page.waitForFunction(() => {
  const bar = document.querySelector("#word-bar"), text = document.querySelector("#word-text").textContent;
  return !bar.hidden && text !== "" && !text.includes("đang dựng");
}, null, { timeout: PATIENCE });

test("PDF and Word stand side by side, with what differs", { skip: office ? false : "NOT TESTED: LibreOffice is not here", timeout: 240_000 }, async ({ t, server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  const from = Date.now();
  await page.keyboard.press("b");
  assert.equal(await page.locator("#b-beside").getAttribute("aria-pressed"), "true");
  assert.match(await page.locator("#word-text").textContent(), /LibreOffice đang dựng tệp Word/);
  await shot(page, "beside-waiting");
  await done(page);
  t.diagnostic(`first Word view: ${Date.now() - from} ms`);
  const pages = await word(page).count(), pdf = await sheets(page).count();
  assert.ok(pages > 0);
  const summary = await page.locator("#word-text").textContent();
  t.diagnostic(summary);
  assert.match(summary, /trang/);
  await page.waitForFunction(() => document.querySelector("section[aria-label^='Tệp Word'] img")?.complete);
  for (let k = 0; k < Math.min(pages, pdf); k++) {
    const [left, right] = [await sheets(page).nth(k).boundingBox(), await word(page).nth(k).boundingBox()];
    assert.ok(Math.abs(left.y - right.y) < 2 && right.x >= left.x + left.width, `page ${k + 1}: one row, PDF at the left`);
    assert.ok(Math.abs(left.width - right.width) < 2, `page ${k + 1}: one size`);
  }
  const told = await page.locator("#diff-list li").count();
  const marks = await page.locator("[data-difference]").count();
  if (told === 0) assert.equal(await page.locator("#no-differences").isVisible(), true);
  else {
    assert.ok(marks >= told, "each difference is marked on a page");
    await page.keyboard.press(".");
    assert.equal(await page.locator("#diff-list [aria-current]").count(), 1);
    await page.waitForTimeout(600);
    const box = await page.locator("[data-difference].chosen").first().boundingBox();
    assert.ok(box.y > 0 && box.y < 900, "the chosen difference is in view");
  }
  await shot(page, "beside");

  // A word more in the plan: both sides follow.
  await page.locator("#view").evaluate((view) => { view.scrollTop = 0; });
  const again = Date.now();
  await edit(server.plan, "trich_yeu: Nâng cao", "trich_yeu: Tiếp tục nâng cao");
  await words(page, "Tiếp tục nâng cao");
  await page.waitForFunction(() => /đang dựng/.test(document.querySelector("#word-text").textContent), null, { timeout: 5000 }).catch(() => {});
  await done(page);
  t.diagnostic(`Word view after a save: ${Date.now() - again} ms`);
  await shot(page, "beside-after-a-save");
  await page.keyboard.press("b");
  assert.equal(await word(page).count(), 0);
  assert.equal(await page.locator("#word-bar").isVisible(), false);
  clean(page, /410/);
});

test("on a phone the two stand under each other", { skip: office ? false : "NOT TESTED: LibreOffice is not here", timeout: 240_000, sample: "samples/thong-bao.yaml" }, async ({ server, browser }) => {
  const page = await open(browser, server.url, { width: 360, height: 740 });
  await shown(page);
  await page.keyboard.press("b");
  await done(page);
  await word(page).first().locator("img").waitFor({ timeout: 20_000 });
  const [left, right] = [await sheets(page).first().boundingBox(), await word(page).first().boundingBox()];
  assert.ok(right.y >= left.y + left.height, "Word is under the PDF");
  assert.ok(Math.abs(left.x - right.x) < 2);
  await shot(page, "beside-phone");
  clean(page, /410/);
});

// Without LibreOffice the button stays, and says why it does nothing.
test("without LibreOffice the button explains itself", { server: false }, async ({ t, browser }) => {
  const path = process.env.PATH;
  process.env.PATH = "/nonexistent";
  let server;
  try { server = await start({}); } finally { process.env.PATH = path; }
  try {
    const page = await open(browser, server.url);
    await shown(page);
    if ((await stateOf(server)).word) return t.skip("NOT TESTED: LibreOffice is found where it is always installed");
    await page.locator("#b-beside").click();
    assert.match(await page.locator("#toast").textContent(), /chưa có LibreOffice/);
    await shot(page, "beside-none");
    clean(page);
  } finally { await server.clean(); }
});
