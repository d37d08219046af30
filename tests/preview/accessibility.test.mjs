// What a screen reader is told.
import { assert, clean, complete, edit, open, pageText, sheets, shot, shown, stateOf, test } from "./harness.mjs";

test("landmarks, names, headings", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "vi");
  assert.equal(await page.locator("main").count(), 1);
  assert.equal(await page.locator("header").count(), 1);
  assert.ok(await page.locator("nav[aria-label]").count() >= 1);
  assert.equal(await page.locator("h1").count(), 1);
  assert.deepEqual(await sheets(page).evaluateAll((all) => all.map((node) => node.getAttribute("aria-label"))), Array.from({ length: 8 }, (_, k) => `Trang ${k + 1} trên 8`));
  assert.deepEqual(await sheets(page).locator("img").evaluateAll((all) => [...new Set(all.map((img) => img.getAttribute("alt")))]), [""]);

  // Headings of the text layer are those of the document, in their levels.
  const { pages } = await stateOf(server);
  const wanted = [];
  for (const { id } of pages) {
    for (const { heading, lines } of (await pageText(server, id)).paragraphs) {
      if (heading) wanted.push([heading, lines.flatMap((line) => line.pieces.map((piece) => piece.text)).join("")]);
    }
  }
  const told = await sheets(page).locator("[role=heading]").evaluateAll((all) => all.map((node) => [Number(node.getAttribute("aria-level")), [...node.querySelectorAll("[data-i]")].map((piece) => piece.textContent).join("")]));
  assert.deepEqual(told, wanted);
  for (const text of ["I. MỤC ĐÍCH, YÊU CẦU", "II. MỤC TIÊU", "V. TỔ CHỨC THỰC HIỆN"]) assert.ok(told.some(([, heading]) => heading === text), text);

  // Everything to be pressed has a name in words.
  const nameless = await page.locator("button, a, input, select").evaluateAll((all) => all.filter((node) => node.checkVisibility()).filter((node) => {
    const label = node.getAttribute("aria-label") ?? node.getAttribute("title") ?? "";
    return !/\p{L}/u.test(label + node.textContent + (node.labels?.[0]?.textContent ?? ""));
  }).map((node) => node.outerHTML));
  assert.deepEqual(nameless, []);
  const ids = await page.evaluate(() => [...document.querySelectorAll("[id]")].map((node) => node.id));
  assert.equal(new Set(ids).size, ids.length, "no id stands twice");
  const broken = await page.evaluate(() => [...document.querySelectorAll("[aria-controls], [aria-labelledby], [aria-activedescendant]")].flatMap((node) =>
    ["aria-controls", "aria-labelledby", "aria-activedescendant"].map((name) => node.getAttribute(name)).filter((id) => id && !document.getElementById(id))));
  assert.deepEqual(broken, [], "what is referred to is there");
  await shot(page, "accessibility");
  clean(page);
});

test("a save is told, politely and once", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  const status = page.locator("#status");
  assert.equal(await status.getAttribute("role"), "status");
  await page.waitForFunction(() => document.querySelector("#status").textContent !== "");
  assert.equal(await status.textContent(), "Bản 1: 8 trang, không có lỗi.");
  await page.evaluate(() => {
    window.told = [];
    new MutationObserver(() => window.told.push([performance.now(), document.querySelector("#status").textContent])).observe(document.querySelector("#status"), { childList: true, characterData: true, subtree: true });
  });
  await edit(server.plan, "loai: ke_hoach", "loai: ke_hoch");
  await shown(page, 2);
  await page.waitForFunction(() => /^Bản 2 có 1 lỗi\. Đang xem bản 1\.$/.test(document.querySelector("#status").textContent), null, { timeout: 5000 });
  await edit(server.plan, "loai: ke_hoch", "loai: ke_hoach");
  await page.waitForFunction(() => /^Bản 3: 8 trang, không có lỗi\.$/.test(document.querySelector("#status").textContent), null, { timeout: 5000 });
  let now = "cắt giảm thành phần";
  for (let k = 0; k < 12; k++) {
    const next = `cắt giảm ${k} thành phần`;
    await edit(server.plan, now, next);
    now = next;
    await page.waitForTimeout(150);
  }
  await page.waitForTimeout(1500);
  const told = await page.evaluate(() => window.told);
  for (let k = 1; k < told.length; k++) assert.ok(told[k][0] - told[k - 1][0] > 950, `not more than once a second: ${JSON.stringify(told)}`);
  assert.equal(await status.textContent(), `Bản ${(await stateOf(server)).shown}: 8 trang, không có lỗi.`);
  await shot(page, "accessibility-saved");
  clean(page, /410/);
});

test("text on the screen has contrast", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await page.keyboard.press("s");
  await page.locator("#b-problems").click();
  await page.waitForTimeout(300);
  const poor = await page.evaluate(() => {
    const parse = (text) => (text.match(/[\d.]+/g) ?? []).map(Number);
    const shine = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)).reduce((sum, v, k) => sum + v * [0.2126, 0.7152, 0.0722][k], 0);
    const ground = (node) => {
      for (let at = node; at; at = at.parentElement) { const [r, g, b, a = 1] = parse(getComputedStyle(at).backgroundColor); if (a > 0.9) return [r, g, b]; }
      return [0, 0, 0];
    };
    return [...document.querySelectorAll("header *, .panel *, #outline *")].filter((node) => node.checkVisibility() && [...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
      .filter((node) => !node.closest("[aria-disabled=true]") && !node.closest(".hidden"))
      .map((node) => {
        const [a, b] = [shine(parse(getComputedStyle(node).color)), shine(ground(node))].sort((x, y) => y - x);
        return [node.id || node.className || node.tagName, node.textContent.slice(0, 20), Math.round((a + 0.05) / (b + 0.05) * 10) / 10];
      }).filter(([, , ratio]) => ratio < 4.5);
  });
  assert.deepEqual(poor, []);
  clean(page);
});
