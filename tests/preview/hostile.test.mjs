// Values that would like to be markup, script or a template: they are words, on the page and everywhere around it.
import { assert, clean, edit, open, shot, shown, start, test, words, workplace } from "./harness.mjs";

const VALUES = [
  `<script>window.hit=1</script>`,
  `<img src=x onerror="window.hit=2">`,
  `"></style><svg onload=window.hit=3>`,
  `javascript:window.hit=4`,
  `{% raw %}{{ 7*7 }}{% endraw %}`,
  `“ngoặc” ‘đơn’ "kép" 'thẳng' &amp; &lt;b&gt;`,
  `</text></svg><script>window.hit=5</script>`,
  `]]> <!-- x --> <?php ?>`,
];
const quoted = (text) => JSON.stringify(text); // a JSON string is a YAML string

const plan = (values) => `loai: ke_hoach
co_quan:
  ten: "Sở <b>A</b>"
  viet_tat: UBND
dia_danh: "<i>B</i>"
ngay: "  /11/2026"
trich_yeu: ${quoted(values.join(" "))}
mo_dau: ${quoted(`Mở đầu ${values.join(" ; ")} như sau:`)}
noi_dung:
${values.map((value, k) => `  - muc: ${quoted(`Mục ${k + 1} ${value}`)}\n    noi_dung: ${quoted(`Nội dung ${value} [liên kết](javascript:alert(1))`)}`).join("\n")}
noi_nhan:
  - ${quoted(`Như trên ${values[2]}`)}
  - "Lưu: VT"
ky:
  quyen_han:
    - TM. Ủy ban nhân dân
  chuc_vu: Chủ tịch
  ho_ten: ${quoted(`Nguyễn ${values[1]}`)}
`;

test("hostile values are words", { server: false }, async ({ browser }) => {
  const place = await workplace({ text: plan(VALUES), name: `ke-hoach '"<b>&.yaml` });
  const server = await start({ place });
  try {
    const page = await open(browser, server.url);
    await page.waitForFunction(() => document.documentElement.dataset.revision === "1");
    await shot(page, "hostile");
    await words(page, "window.hit=1");
    const text = await page.evaluate(() => [...document.querySelectorAll("section[aria-label^='Trang ']")].map((sheet) => sheet.textContent).join(" "));
    for (const part of ["<script>window.hit=1</script>", "</style>", "javascript:window.hit=4", "{{ 7*7 }}", "&amp;", "<!-- x -->"]) {
      assert.ok(text.includes(part) || text.includes(part.toUpperCase()), `“${part}” is on the page`);
    }
    assert.ok(!text.includes("49"), "a template in a value is not run");
    for (const key of ["s", "d", "/"]) await page.keyboard.press(key);
    await page.keyboard.type("<script>");
    await page.waitForTimeout(400);
    await shot(page, "hostile-panels");
    const safe = async () => {
      assert.equal(await page.evaluate(() => window.hit), undefined, "nothing ran");
      assert.equal(await page.evaluate(() => document.querySelectorAll("body script, body style, img[onerror], svg[onload], a[href^='javascript']").length), 0, "no element was made of a value");
    };
    await safe();
    // In errors too: a key and a value of the file are told in the message.
    await edit(server.plan, "loai: ke_hoach", `loai: ${quoted(VALUES[1])}\n"<img src=x onerror=window.hit=6>": 1`);
    await shown(page, 2);
    await page.locator("#b-problems").click({ timeout: 3000 }).catch(() => {});
    await page.waitForTimeout(300);
    const told = await page.locator("#problem-list").textContent();
    assert.ok(told.includes("<img src=x onerror"), told);
    await shot(page, "hostile-errors");
    await safe();
    clean(page);
  } finally { await server.clean(); }
});

test("hostile names of units are words", { server: false }, async ({ browser }) => {
  const list = `don_vi.ten,don_vi.dia_ban,don_vi.dia_danh,don_vi.tinh\n${VALUES.filter((value) => !value.includes("{%")).map((value, k) => `"${value.replaceAll('"', '""')}",xã ${k},A${k},B`).join("\n")}\n`;
  const server = await start({ sample: "benches/batch/ke-hoach.yaml", units: { name: "don-vi.csv", text: list } });
  try {
    const page = await open(browser, server.url);
    await page.waitForFunction(() => document.documentElement.dataset.revision === "1");
    await page.keyboard.press("u");
    await page.waitForTimeout(300);
    const names = await page.locator("#unit-rows [role=option]").allTextContents();
    await shot(page, "hostile-units");
    assert.deepEqual(names, VALUES.filter((value) => !value.includes("{%")));
    await page.locator("#unit-rows [role=option]").nth(1).click();
    await page.waitForFunction((name) => document.querySelector("#unit-name").textContent === name, names[1], { timeout: 5000 });
    await page.waitForTimeout(600);
    assert.equal(new URLSearchParams(new URL(page.url()).hash.slice(1).replaceAll("+", "%2B")).get("don-vi"), names[1]);
    assert.equal(await page.evaluate(() => window.hit), undefined);
    await page.reload();
    await page.waitForFunction((name) => document.querySelector("#unit-name").textContent === name, names[1], { timeout: 5000 });
    clean(page);
  } finally { await server.clean(); }
});
