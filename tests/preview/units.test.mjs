// A document a unit: the list, its search, its keys, its addresses; 124 units, then all communes of the country.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { assert, clean, edit, open, root, saves, shot, shown, start, stateOf, test, words } from "./harness.mjs";

const SAMPLE = { sample: "samples/mau-giao-chi-tieu.yaml", units: "samples/don-vi.csv" };
// The toolbar may shorten a name; its title does not.
const name = async (page) => (await page.locator("#b-unit").getAttribute("title")).split(" – chọn đơn vị")[0];
const rows = (page) => page.locator("#unit-rows [role=option]");

test("choosing, searching and stepping through units", SAMPLE, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  assert.equal(await name(page), "Ủy ban nhân dân phường Mũi Né");
  await words(page, "PHƯỜNG MŨI NÉ");
  await page.keyboard.press("u");
  assert.equal(await page.evaluate(() => document.activeElement.id), "unit-search");
  assert.equal(await page.locator("#units-count").textContent(), "124 đơn vị");
  const first = await rows(page).first().textContent();
  assert.equal(first, "Ủy ban nhân dân phường Mũi Né");

  await page.keyboard.type("da lat");
  const found = await rows(page).allTextContents();
  assert.ok(found.length >= 1 && found.every((label) => /đà lạt|đạ lạt/i.test(label.normalize("NFC")) || /da lat/.test(label.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase())), String(found));
  await page.locator("#unit-search").fill("ham thang");
  assert.deepEqual(await rows(page).allTextContents(), ["Ủy ban nhân dân phường Hàm Thắng"]);
  await page.locator("#unit-search").fill("Hàm Tháng");
  assert.deepEqual(await rows(page).allTextContents(), [], "marks that were typed count");
  await page.locator("#unit-search").fill("ham thang");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await words(page, "PHƯỜNG HÀM THẮNG");
  assert.equal(await name(page), "Ủy ban nhân dân phường Hàm Thắng");
  await page.waitForTimeout(400); // the address follows a little later
  assert.match(decodeURIComponent(new URL(page.url()).hash), /don-vi=Ủy ban nhân dân phường Hàm Thắng$/);
  await shot(page, "units-search");

  await page.locator("#unit-search").fill("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await words(page, "PHƯỜNG PHAN THIẾT");
  assert.equal(await name(page), "Ủy ban nhân dân phường Phan Thiết");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  await words(page, "PHƯỜNG PHÚ THỦY");
  await page.waitForTimeout(400);
  assert.match(decodeURIComponent(new URL(page.url()).hash), /don-vi=Ủy ban nhân dân phường Phú Thủy$/);
  await page.locator("#b-unit-prev").click();
  await words(page, "PHƯỜNG MŨI NÉ");
  await page.locator("#b-unit-prev").click();
  assert.match(await page.locator("#toast").textContent(), /đầu của danh sách/);
  await shot(page, "units-stepped");
  clean(page);
});

test("sorting by the length of the name, and stepping in that order", SAMPLE, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  const { units } = await (await fetch(`${server.url}units/${(await stateOf(server)).units}.json`)).json();
  const longest = Math.max(...units.map((unit) => unit.label.length)), shortest = Math.min(...units.map((unit) => unit.label.length));
  await page.keyboard.press("u");
  await page.locator("#unit-order").selectOption("long");
  await page.locator("#unit-list").evaluate((box) => { box.scrollTop = 0; });
  await page.waitForTimeout(200);
  assert.equal((await rows(page).first().textContent()).length, longest);
  await page.locator("#unit-order").selectOption("short");
  await page.locator("#unit-list").evaluate((box) => { box.scrollTop = 0; });
  await page.waitForTimeout(200);
  assert.equal((await rows(page).first().textContent()).length, shortest);
  const [one, two] = await rows(page).allTextContents();
  await rows(page).first().click();
  await page.waitForFunction((unit) => document.querySelector("#b-unit").title.startsWith(`${unit} –`), one);
  await page.locator("#view").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction((unit) => document.querySelector("#b-unit").title.startsWith(`${unit} –`), two, { timeout: 5000 });
  await shot(page, "units-sorted");
  clean(page);
});

test("Back returns to the unit before", SAMPLE, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await page.waitForTimeout(400); // the address follows a little later
  await page.keyboard.press("u");
  await rows(page).nth(3).click();
  await words(page, "PHƯỜNG PHAN THIẾT");
  await page.waitForTimeout(400);
  await page.goBack();
  await words(page, "PHƯỜNG MŨI NÉ");
  await page.waitForTimeout(400);
  await page.goForward();
  await words(page, "PHƯỜNG PHAN THIẾT");
  clean(page);
});

test("the list of units is followed too", SAMPLE, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  await edit(server.list, "phường Mũi Né,phường,đồng bằng,Mũi Né,Chủ tịch,Trần Hoàng Thuận", "phường Mũi Né,phường,đồng bằng,Mũi Né,Chủ tịch,Lê Thị Mới");
  await words(page, "Lê Thị Mới");
  // The unit that is looked at leaves the list: the page says so, and shows one that is there.
  const text = await readFile(server.list, "utf8");
  await saves.rename(server.list, text.split("\n").filter((line) => !line.startsWith("001,")).join("\n"));
  await words(page, "PHƯỜNG PHÚ THỦY");
  assert.match(await page.locator("#toast").textContent(), /không có đơn vị “Ủy ban nhân dân phường Mũi Né”/);
  await shot(page, "units-followed");
  clean(page);
});

/** All communes of the country, with the variables that the plan of the batch bench wants. */
async function communes() {
  const lines = (await readFile(join(root, "benches/batch/xa-phuong.csv"), "utf8")).trim().split("\n").slice(1);
  const list = lines.map((line, k) => {
    const [level, province, kind, place] = line.split(",");
    return `UBND ${kind} ${place} ${province} ${k + 1},${kind} ${place},${place},${level} ${province}`;
  });
  return `don_vi.ten,don_vi.dia_ban,don_vi.dia_danh,don_vi.tinh\n${list.join("\n")}\n`;
}

test("3,321 units stay quick", { server: false, timeout: 180_000 }, async ({ t, browser }) => {
  const server = await start({ sample: "benches/batch/ke-hoach.yaml", units: { name: "xa-phuong.csv", text: await communes() } });
  try {
    const page = await open(browser, server.url);
    await shown(page);
    await page.waitForFunction(() => document.querySelector("#units-count").textContent !== "");
    assert.equal(await page.locator("#units-count").textContent(), "3321 đơn vị");
    await page.keyboard.press("u");
    await page.waitForTimeout(200);
    assert.ok(await rows(page).count() < 100, "only the rows near the view are there");
    const slowest = await page.evaluate(() => {
      const box = document.querySelector("#unit-search"), times = [];
      for (const query of ["a", "an", "tan ha", "xã", "Đ", "", "dong", "đồng", "zzz", ""]) {
        const from = performance.now();
        box.value = query;
        box.dispatchEvent(new Event("input", { bubbles: true }));
        void document.querySelector("#unit-rows").offsetHeight;
        times.push(performance.now() - from);
      }
      return Math.max(...times);
    });
    t.diagnostic(`slowest search of 3,321 units: ${slowest.toFixed(1)} ms`);
    assert.ok(slowest < 100, `searching is instant (${slowest} ms)`);

    // From the key to the pages of the next unit.
    await page.locator("#view").focus();
    const times = [];
    for (let k = 0; k < 10; k++) {
      const before = await page.locator("#unit-name").textContent();
      const took = await page.evaluate((before) => new Promise((done) => {
        const from = performance.now(), marks = performance.getEntriesByName("vanthu:shown").length;
        document.querySelector("#b-unit-next").click();
        const look = () => (performance.getEntriesByName("vanthu:shown").length > marks && document.querySelector("#unit-name").textContent !== before
          ? done(performance.getEntriesByName("vanthu:shown").at(-1).startTime - from) : setTimeout(look, 2));
        look();
      }), before);
      times.push(took);
    }
    times.sort((a, b) => a - b);
    t.diagnostic(`to the next unit: median ${times[5].toFixed(0)} ms, slowest ${times[9].toFixed(0)} ms`);
    assert.ok(times[5] < 1000, `switching is quick (${times})`);
    await page.locator("#unit-search").fill("dong van");
    await page.waitForTimeout(100);
    const found = await rows(page).allTextContents();
    assert.ok(found.length > 0 && found.every((label) => /Đồng Văn|Đông Văn|Đồng Vân/.test(label)), String(found));
    await shot(page, "units-3321");

    // A save of the plan with the list open is as quick as without.
    const from = Date.now();
    await edit(server.plan, "Nâng cao nhận thức, kỹ năng số", "Nâng cao rõ rệt nhận thức, kỹ năng số");
    await words(page, "Nâng cao rõ rệt nhận thức");
    t.diagnostic(`a save with 3,321 units: ${Date.now() - from} ms`);
    assert.ok(Date.now() - from < 3000);
    clean(page);
  } finally { await server.clean(); }
});

// Many communes of the country are called the same; a list of names only is what an official has.
test("units of the same name can be looked at", { sample: "benches/batch/ke-hoach.yaml", units: "benches/batch/xa-phuong.csv" }, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await page.waitForFunction(() => document.documentElement.dataset.revision === "1");
  await shot(page, "units-same-name");
  const state = await stateOf(server);
  assert.deepEqual(state.problems.filter((problem) => problem.severity === "error"), []);
  assert.ok(state.pages.length > 0);
});
