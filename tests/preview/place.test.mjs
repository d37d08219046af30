// From a word on the page to its line, and from a line to its words.
import { assert, clean, complete, open, shot, shown, stateOf, test } from "./harness.mjs";

const cursor = async (page) => {
  const row = page.locator("#source-lines .cursor");
  await row.waitFor();
  return { text: await row.textContent(), line: Number(/^Dòng (\d+)\./.exec(await row.getAttribute("aria-label"))[1]) };
};

/** Clicks the middle of a word of the text layer. */
async function clickWord(page, word) {
  const find = () => page.evaluate((word) => {
    const piece = [...document.querySelectorAll("section[aria-label^='Trang '] [data-i]")].find((node) => node.textContent.includes(word));
    piece.scrollIntoView({ block: "center" });
    const range = new Range(), at = piece.textContent.indexOf(word);
    range.setStart(piece.firstChild, at);
    range.setEnd(piece.firstChild, at + word.length);
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x: x + width / 2, y: y + height / 2 };
  }, word);
  await find();
  await page.waitForTimeout(300); // the scrolling settles, and the click before is over
  const { x, y } = await find();
  await page.mouse.click(x, y);
}

/** The words under the marks of the pages. */
const marked = (page) => page.evaluate(() => [...document.querySelectorAll(".mark.place")].map((mark) => {
  const { x, y, width, height } = mark.getBoundingClientRect();
  const sheet = mark.closest("section");
  return [...sheet.querySelectorAll("[data-i]")].filter((node) => {
    const box = node.getBoundingClientRect();
    return Math.abs(box.x - x) < 2 && Math.abs(box.width - width) < 2 && box.y < y + height && y < box.y + box.height;
  }).map((node) => node.textContent).join("");
}));

test("a click on a word leads to its line", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  // Where each is printed → what its line of the file must hold. Some are printed in capitals, numbered or in tables.
  const wrong = [];
  for (const [word, inFile] of [
    ["thước đo", "lấy mức độ thuận tiện"],
    ["triệt để", "Khai thác triệt để dữ liệu"],
    ["hợp nhất các", "hợp nhất các dịch vụ có cùng"],
    ["thông suốt với", "Kết nối thông suốt với Cổng"],
    ["chỉ cung cấp thông tin", "chỉ cung cấp thông tin một lần"],
    ["chuyên ngành quy định phải", "^[Trừ trường hợp"],
    ["Phan Hoài Đức", "ho_ten: Phan Hoài Đức"],
    ["PHÓ CHỦ TỊCH", "chuc_vu: Phó Chủ tịch"],
    ["hợp nhất hoặc dừng", "đề xuất hợp nhất hoặc dừng cung cấp"],
    ["Luật Chuyển đổi số", "Căn cứ Luật Chuyển đổi số"],
    ["TỈNH LÂM ĐỒNG", "ten: Ủy ban nhân dân tỉnh Lâm Đồng"],
    ["Cổng Thông tin điện tử", "Cổng Thông tin điện tử tỉnh"],
  ]) {
    for (let k = 0; k < 3; k++) await page.keyboard.press("Escape");
    await clickWord(page, word);
    const led = await page.waitForFunction(([text, word]) => {
      const row = document.querySelector("#source-lines .cursor"), marked = row?.querySelector(".column")?.textContent.trim().toLowerCase();
      return row?.textContent.includes(text) && marked && word.toLowerCase().includes(marked);
    }, [inFile, word], { timeout: 2500 }).catch(() => null);
    if (!led) {
      const toast = await page.locator("#toast").isVisible() ? await page.locator("#toast").textContent() : "";
      wrong.push(`“${word}” → ${toast || (await page.locator("#source-lines .cursor").textContent({ timeout: 500 }).catch(() => "nothing"))}`);
      await shot(page, `place-click-wrong-${wrong.length}`);
      continue;
    }
    const row = page.locator("#source-lines .cursor");
    const visible = await row.evaluate((row) => {
      const { top, bottom } = row.getBoundingClientRect(), box = document.querySelector("#source-lines").getBoundingClientRect();
      return bottom > box.top && top < box.bottom;
    });
    if (!visible) wrong.push(`the line of “${word}” is out of view`);
  }
  assert.deepEqual(wrong, []);
  await shot(page, "place-click");
  clean(page);
});

test("a word that vanthu adds says so", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await clickWord(page, "NGHĨA VIỆT NAM");
  const toast = page.locator("#toast");
  await toast.waitFor();
  assert.match(await toast.textContent(), /do vanthu thêm/);
  await shot(page, "place-added");
  clean(page);
});

test("a line of the source shows its words on the page", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  await page.keyboard.press("s");
  const list = page.locator("#source-lines");
  await list.waitFor();
  assert.equal(await list.evaluate((node) => node === document.activeElement), true, "the pane has the focus");
  const { files } = await (await fetch(`${server.url}source/${(await stateOf(server)).source}.json`)).json();
  const lines = files[0].text.split("\n"), wrong = [];
  for (const [part, first, last] of [
    ["a) Rà soát toàn bộ dịch vụ công trực tuyến", "Rà soát toàn bộ", "liên tiếp."],
    ["- Kết nối thông suốt", "Kết nối thông suốt", "lộ trình:"],
    ["chuc_vu: Phó Chủ tịch", "PHÓ CHỦ TỊCH", "PHÓ CHỦ TỊCH"],
  ]) {
    const line = lines.findIndex((text) => text.includes(part)) + 1;
    await page.keyboard.press("Home");
    const now = (await cursor(page)).line;
    for (let k = now; k < line; k++) await page.keyboard.press("ArrowDown");
    assert.equal((await cursor(page)).line, line);
    await page.waitForTimeout(900);
    const words = (await marked(page)).join(" ");
    if (!words.includes(first) || !words.includes(last)) wrong.push(`line ${line} (${part}) → ${words}`);
    const box = await page.locator(".mark.place").first().boundingBox(), view = await page.locator("#view").boundingBox();
    assert.ok(box.y >= view.y && box.y + box.height <= view.y + view.height, "the mark is in view");
  }
  await shot(page, "place-line");
  assert.deepEqual(wrong, [], "all words of a line are marked");
  clean(page);
});

test("the key l leads from the selected words to their line", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  const word = page.locator("[data-i]", { hasText: "thước đo kết quả" }).first();
  await word.scrollIntoViewIfNeeded();
  await word.evaluate((node) => {
    const range = new Range();
    const at = node.textContent.indexOf("thước");
    range.setStart(node.firstChild, at);
    range.setEnd(node.firstChild, at + 5);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  });
  await page.keyboard.press("l");
  const { text } = await cursor(page);
  assert.ok(text.includes("thước đo kết quả"), text);
  await shot(page, "place-key");
  clean(page);
});

test("dragging over words selects them, and copying gives whole paragraphs", {}, async ({ server, browser }) => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, permissions: ["clipboard-read", "clipboard-write"] });
  const page = await open(browser, server.url, { context });
  await shown(page);
  const find = () => page.evaluate(() => {
    const p = [...document.querySelectorAll("section[aria-label^='Trang '] p")].find((p) => p.textContent.includes("Theo đề nghị của Giám đốc"));
    const pieces = [...p.querySelectorAll("[data-i]")];
    pieces[1].scrollIntoView({ block: "center" });
    const a = pieces[0].getBoundingClientRect(), b = pieces.at(-1).getBoundingClientRect();
    return { ax: a.left + 1, ay: a.top + a.height / 2, bx: b.right - 1, by: b.top + b.height / 2 };
  });
  await find();
  await page.waitForTimeout(300);
  const range = await find();
  await page.mouse.move(range.ax, range.ay);
  await page.mouse.down();
  await page.mouse.move((range.ax + range.bx) / 2, (range.ay + range.by) / 2, { steps: 5 });
  await page.mouse.move(range.bx, range.by, { steps: 5 });
  await page.mouse.up();
  await page.waitForTimeout(400);
  await shot(page, "place-selection");
  assert.equal(await page.locator("#panel-source").isVisible(), false, "a drag is not a click");
  await page.keyboard.press("ControlOrMeta+c");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /^Theo đề nghị của Giám đốc Sở Khoa học và Công nghệ tại Tờ trình số 412\/TTr-SKHCN ngày 02 tháng 11 năm 2026, .* như sau:$/);
  assert.doesNotMatch(copied, /\n| {2}/, "one paragraph is one line");
  clean(page);
});
