// The page's own search: with and without marks, over line breaks, by keys.
import { assert, clean, complete, edit, open, shot, shown, test, words } from "./harness.mjs";

const highlighted = (page, name) => page.evaluate((name) =>
  [...CSS.highlights.get(name) ?? []].map((range) => range.toString()), name);
const count = (page, text) => page.waitForFunction((text) => document.querySelector("#search-count").textContent === text, text, { timeout: 5000 })
  .catch(async () => assert.equal(await page.locator("#search-count").textContent(), text));

test("searching the pages", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  const all = await page.evaluate(() => [...document.querySelectorAll("section[aria-label^='Trang '] p")].map((p) =>
    [...p.querySelectorAll(".line")].map((line) => [...line.querySelectorAll("[data-i]")].map((node) => node.textContent).join("")).join(" ").replace(/\s+/g, " ")).join("\n"));
  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  const times = (text, part) => text.split(part).length - 1;

  await page.keyboard.press("/");
  assert.equal(await page.evaluate(() => document.activeElement.id), "search-box");
  await page.keyboard.type("duong truyen khong co dau nay");
  await count(page, "Không tìm thấy.");
  await page.locator("#search-box").fill("dich vu cong truc tuyen");
  const plain = times(fold(all), "dich vu cong truc tuyen");
  assert.ok(plain > 10);
  await count(page, `1 trên ${plain}`);
  await page.keyboard.press("Enter");
  await count(page, `2 trên ${plain}`);
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.press("Shift+Enter");
  await count(page, `${plain} trên ${plain}`);
  await page.waitForFunction(() => {
    const view = document.querySelector("#view").getBoundingClientRect(), [range] = CSS.highlights.get("current") ?? [];
    const box = range?.getBoundingClientRect();
    return box && box.top >= view.top && box.bottom <= view.bottom;
  }, null, { timeout: 5000 }).catch(() => assert.fail("the last place is out of view"));
  const current = await highlighted(page, "current");
  assert.equal(fold(current.join("")).replaceAll(" ", ""), "dichvucongtructuyen", "what is found is lit, no more and no less");
  await shot(page, "search-plain");

  // With marks, only what has them: “đường” is not “dương”.
  await page.locator("#search-box").fill("Sở Khoa học");
  const exact = times(all.toLowerCase(), "sở khoa học");
  await page.waitForFunction((end) => document.querySelector("#search-count").textContent.endsWith(end), ` trên ${exact}`, { timeout: 5000 });
  await page.locator("#search-box").fill("Sờ Khoa học");
  await count(page, "Không tìm thấy.");

  // Over the end of a line: the words are two lines on paper.
  const broken = await page.evaluate(() => {
    for (const p of document.querySelectorAll("section[aria-label^='Trang '] p")) {
      const lines = [...p.querySelectorAll(".line")].filter((line) => !("joined" in line.dataset)).map((line) => line.textContent.trim());
      if (lines.length > 1 && lines[0].length > 40) return `${lines[0].split(" ").slice(-2).join(" ")} ${lines[1].split(" ").slice(0, 2).join(" ")}`;
    }
    return null;
  });
  assert.ok(broken);
  await page.locator("#view").evaluate((view) => { view.scrollTop = 0; });
  await page.waitForTimeout(100);
  await page.locator("#search-box").fill(broken);
  await page.waitForFunction(() => /^1 trên [1-9]/.test(document.querySelector("#search-count").textContent), null, { timeout: 5000 });
  assert.equal((await highlighted(page, "current")).length, 2, "both lines are lit");
  await shot(page, "search-over-lines");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("#search").isVisible(), false);
  await page.waitForTimeout(100);
  assert.equal((await highlighted(page, "current")).length, 0, "nothing stays lit");
  clean(page);
});

test("letters typed apart from their marks are found too", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await page.keyboard.press("/");
  await page.locator("#search-box").fill("Sở Khoa học".normalize("NFD"));
  await page.waitForFunction(() => /^1 trên \d+/.test(document.querySelector("#search-count").textContent), null, { timeout: 5000 });
  clean(page);
});

test("words found over the end of a page", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  // One paragraph of numbered words, longer than a page.
  const long = Array.from({ length: 900 }, (_, k) => `chữ${k}`).join(" ");
  await edit(server.plan, "  c) Bảo đảm an ninh mạng", `  c) ${long} bảo đảm an ninh mạng`);
  await words(page, "chữ899");
  await complete(page);
  const over = await page.evaluate(() => {
    const numbers = (sheet) => [...sheet.textContent.matchAll(/chữ(\d+)/g)].map((hit) => Number(hit[1]));
    const last = [...document.querySelectorAll("section[aria-label^='Trang ']")].map(numbers).find((all) => all.length && Math.max(...all) < 899);
    return last ? `chữ${Math.max(...last)} chữ${Math.max(...last) + 1}` : null;
  });
  assert.ok(over, "the paragraph goes on over the end of a page");
  await page.keyboard.press("/");
  await page.locator("#search-box").fill(over);
  await page.waitForFunction(() => document.querySelector("#search-count").textContent !== "");
  assert.match(await page.locator("#search-count").textContent(), /^1 trên/, over);
});
