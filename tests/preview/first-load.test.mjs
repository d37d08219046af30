// The first look: everything there, and right, without a word on the console.
import { assert, clean, complete, open, pageText, sheets, shot, shown, stateOf, test, words } from "./harness.mjs";

test("first load shows every page, its text and its title", {}, async ({ server, browser }) => {
  const state = await stateOf(server);
  const page = await open(browser, server.url);
  await shown(page);
  await complete(page);
  assert.equal(state.pages.length, 8);
  assert.equal(await sheets(page).count(), state.pages.length);
  assert.equal(await page.locator("#page-count").textContent(), "/ 8");
  assert.equal(await page.locator("#page-number").inputValue(), "1");
  assert.equal(await page.locator("#title").textContent(), state.title);
  assert.equal(await page.title(), `${state.title} – vanthu`);
  assert.equal(await page.locator("#revision").textContent(), "bản 1");
  assert.equal(await page.locator("#problem-count").textContent(), "0");

  // The layer above the pages says what the server says the paper says, paragraph by paragraph.
  for (const [k, { id, width, height }] of state.pages.entries()) {
    const text = await pageText(server, id);
    const told = text.paragraphs.map((p) => p.lines.flatMap((l) => l.pieces.map((piece) => piece.text)).join(""));
    const shownText = await sheets(page).nth(k).locator("p").evaluateAll((all) =>
      all.map((p) => [...p.querySelectorAll("[data-i]")].map((piece) => piece.textContent).join("")));
    assert.deepEqual(shownText, told, `page ${k + 1}`);
    assert.ok(told.join("").length > 50, `page ${k + 1} has text`);
    assert.deepEqual(await sheets(page).nth(k).locator("img").evaluate((img) => [Math.round(img.naturalWidth), Math.round(img.naturalHeight)]),
      [Math.round(width * 96 / 72), Math.round(height * 96 / 72)], "the picture has the size of the paper");
  }
  await words(page, "NGHĨA VIỆT NAM");
  await shot(page, "first-load");
  clean(page);
});

test("the text layer lies over the ink", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await page.keyboard.press("1");
  await page.waitForTimeout(300);
  const { pages } = await stateOf(server);
  const { paragraphs } = await pageText(server, pages[0].id);
  const pieces = new Map(paragraphs.flatMap((p) => p.lines.flatMap((l) => l.pieces.map((piece) => [piece.i, piece]))));
  const paper = await sheets(page).first().boundingBox();
  const scale = paper.width / pages[0].width;
  const boxes = await sheets(page).first().locator("[data-i]").evaluateAll((all) => all.map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    return { i: Number(node.dataset.i), x, y, width, height };
  }));
  for (const box of boxes) {
    const piece = pieces.get(box.i);
    assert.ok(Math.abs(box.x - paper.x - piece.x * scale) <= 1, `piece ${box.i} begins where it is printed`);
    assert.ok(Math.abs(box.width - piece.width * scale) <= 1, `piece ${box.i} is as wide as it is printed`);
  }
  // Ink is judged on the screen itself, in a page of no policy that may read pixels.
  const picture = (await page.screenshot()).toString("base64");
  const bench = await browser.newPage();
  const visible = boxes.filter((box) => box.y > 60 && box.y + box.height < 880 && pieces.get(box.i).text.trim().length > 2);
  const ink = await bench.evaluate(async ([png, boxes]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${png}`;
    await image.decode();
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
    pen.drawImage(image, 0, 0);
    return boxes.map(({ x, y, width, height }) => {
      const { data } = pen.getImageData(Math.round(x), Math.round(y), Math.max(1, Math.round(width)), Math.max(1, Math.round(height)));
      let dark = 0;
      for (let k = 0; k < data.length; k += 4) if (data[k] < 128) dark++;
      return dark / (data.length / 4);
    });
  }, [picture, [...visible, { x: paper.x + 5, y: paper.y + 5, width: 50, height: 200 }]]);
  const margin = ink.pop();
  assert.equal(margin, 0, "the margin is white");
  assert.ok(visible.length > 10);
  ink.forEach((share, k) => assert.ok(share > 0.02 && share < 0.5, `piece ${visible[k].i} lies on print (${share})`));
  await shot(page, "text-over-ink");
  clean(page);
});
