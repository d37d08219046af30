// A plan with errors: the pages of before stay, the errors are told where they are, and mending them puts all right.
import { readFile, unlink, writeFile } from "node:fs/promises";
import { assert, clean, complete, edit, open, saves, sheets, shot, shown, start, stateOf, test, words, workplace } from "./harness.mjs";

/** Where the paper lies in its view. */
const sheetTop = (page) => sheets(page).first().evaluate((sheet) => sheet.getBoundingClientRect().top - document.querySelector("#view").getBoundingClientRect().top);

const lineOf = async (path, text) => (await readFile(path, "utf8")).split("\n").findIndex((line) => line.includes(text)) + 1;

for (const [kind, from, to, mark] of [
  ["an unknown key", "dia_danh: Lâm Đồng", "dia_danhh: Lâm Đồng", "dia_danhh"],
  ["broken YAML", "trich_yeu: Nâng cao", 'trich_yeu: "Nâng cao', "trich_yeu"],
  ["a day that is not in the calendar", 'ngay: "  /11/2026"', 'ngay: "32/11/2026"', "32/11/2026"],
]) {
  test(`${kind}: banner, old pages, problem at its line, and back`, {}, async ({ server, browser }) => {
    const page = await open(browser, server.url);
    await shown(page);
    await complete(page);
    await page.locator("#view").evaluate((view) => { view.scrollTop = 700; });
    await page.waitForTimeout(300);
    const top = await sheetTop(page);
    await sheets(page).evaluateAll((all) => all.forEach((node, k) => { node.markedAs = k; }));
    const line = await lineOf(server.plan, from);

    await edit(server.plan, from, to);
    await shown(page, 2);
    assert.equal(await page.locator("#failed").isVisible(), true, "the banner is there");
    assert.match(await page.locator("#failed-text").textContent(), /ke-hoach-tinh\.yaml hiện có \d+ lỗi\..*bản 1\b/);
    assert.equal(await page.locator("#revision").textContent(), "đang xem bản 1 · bản 2 có lỗi");
    assert.match(await page.title(), /^\(có lỗi\) /);
    assert.deepEqual(await sheets(page).evaluateAll((all) => all.map((node) => node.markedAs)), [0, 1, 2, 3, 4, 5, 6, 7], "the old pages stay");
    assert.equal(await page.locator("html").getAttribute("data-shown"), "1");
    assert.equal(await sheetTop(page), top, "nothing on the paper moved but by the banner");
    await shot(page, `errors-${kind.replaceAll(" ", "-")}-banner`);

    await page.locator("#b-failed").click();
    const first = page.locator("#problem-list li").first();
    await first.waitFor();
    const state = await stateOf(server);
    const told = state.problems.find((problem) => problem.severity === "error");
    assert.ok(told.message.length > 5);
    const text = await first.textContent();
    assert.match(text, /^Lỗi/);
    assert.ok(text.includes(`dòng ${told.line}`) && text.includes(told.code) && text.includes(told.message), text);
    assert.ok(Math.abs(told.line - line) <= 1, `the error is told at its line (${told.line}, written at ${line})`);
    await first.locator("button").first().click();
    const row = page.locator("#source-lines .cursor");
    await row.waitFor();
    await page.waitForTimeout(200);
    assert.match(await row.getAttribute("aria-label"), new RegExp(`^Dòng ${told.line}\\.`));
    assert.match(await row.getAttribute("class"), /error/, "its line is marked");
    assert.ok(await row.locator(".m-error").count() > 0, "the words are underlined");
    assert.equal(await row.getAttribute("title"), told.message);
    assert.ok((await row.textContent()).includes(mark) || kind === "broken YAML", `the marked line holds “${mark}”: ${await row.textContent()}`);
    await shot(page, `errors-${kind.replaceAll(" ", "-")}-panel`);

    await edit(server.plan, to, from);
    await shown(page, 3);
    assert.equal(await page.locator("#failed").isVisible(), false, "the banner went");
    assert.equal(await page.locator("#revision").textContent(), "bản 3");
    assert.equal(await page.locator("#problem-count").textContent(), "0");
    assert.equal(await page.locator("#no-problems").isVisible(), true);
    assert.equal(await page.locator("#source-lines .error").count(), 0, "no mark is left");
    assert.doesNotMatch(await page.title(), /có lỗi/);
    clean(page);
  });
}

test("a plan that is broken from the start", { server: false }, async ({ browser }) => {
  const place = await workplace({});
  const good = await readFile(place.plan, "utf8");
  await writeFile(place.plan, good.replace("loai: ke_hoach", "loai: ke_hoch"));
  const server = await start({ place });
  try {
    const page = await open(browser, server.url);
    await page.waitForFunction(() => document.documentElement.dataset.revision === "1");
    assert.equal(await page.locator("#empty").isVisible(), true);
    assert.match(await page.locator("#empty-text").textContent(), /có 1 lỗi/);
    assert.ok((await page.locator("#empty-list").textContent()).includes("dòng 6"));
    assert.equal(await page.locator("#revision").textContent(), "bản 1 có lỗi");
    assert.equal(await page.locator("#a-pdf").getAttribute("href"), null);
    assert.equal(await page.locator("#a-pdf").getAttribute("aria-disabled"), "true");
    assert.equal(await page.locator("#failed").isVisible(), false);
    await shot(page, "broken-from-the-start");
    await saves.rename(server.plan, good);
    await words(page, "NGHĨA VIỆT NAM");
    assert.equal(await page.locator("#empty").isVisible(), false);
    assert.equal(await sheets(page).count(), 8);
    assert.ok(await page.locator("#a-pdf").getAttribute("href"));
    await shot(page, "broken-then-mended");
    clean(page);
  } finally { await server.clean(); }
});

test("a plan that never had a title goes by its file name", { server: false }, async ({ browser }) => {
  const place = await workplace({ text: "loai: ke_hoch\n", name: "ban-thao.yaml" });
  const server = await start({ place });
  try {
    const page = await open(browser, server.url);
    await page.waitForFunction(() => document.documentElement.dataset.revision === "1");
    assert.equal(await page.locator("#title").textContent(), "ban-thao.yaml");
    assert.equal(await page.title(), "(có lỗi) ban-thao.yaml – vanthu");
  } finally { await server.clean(); }
});

test("a plan that is not there for a while", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  const text = await readFile(server.plan, "utf8");
  await unlink(server.plan);
  await page.locator("#failed").waitFor();
  assert.equal(await sheets(page).count(), 8, "the old pages stay");
  await shot(page, "file-gone");
  await writeFile(server.plan, text.replace("cắt giảm thành phần", "cắt giảm nhiều thành phần"));
  await words(page, "cắt giảm nhiều thành phần");
  assert.equal(await page.locator("#failed").isVisible(), false);
  clean(page);
});

test("a problem is marked at its very words on the page", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  const line = (await readFile(server.plan, "utf8")).split("\n").find((text) => /^ {2}1\. \S+ \S+ \S+/.test(text));
  const word = line.trim().split(" ")[2];
  await edit(server.plan, line, line.replace(` ${word} `, ` ${word} của của `));
  await shown(page, 2);
  await complete(page);
  await page.locator("#b-problems").click();
  await page.locator("#problem-list button", { hasText: "lap-tu" }).click();
  await page.locator(".mark.place").first().waitFor();
  const [marks, typed] = await page.evaluate(() => {
    const plain = ({ x, y, width }) => [x, y, width].map(Math.round);
    const node = [...document.querySelectorAll("[data-i]")].find((piece) => piece.textContent.includes("của của"));
    const range = new Range(), at = node.textContent.indexOf("của của") + "của ".length;
    range.setStart(node.firstChild, at);
    range.setEnd(node.firstChild, at + "của".length);
    return [[...document.querySelectorAll(".mark.place")].map((mark) => plain(mark.getBoundingClientRect())), plain(range.getBoundingClientRect())];
  });
  assert.equal(marks.length, 1, "only the word itself");
  for (const [k, name] of ["left", "top", "width"].entries()) assert.ok(Math.abs(marks[0][k] - typed[k]) <= 3, `${name}: ${marks[0]} for ${typed}`);
});
