// The end of the server, and its coming back.
import { assert, open, sheets, shot, shown, start, test } from "./harness.mjs";

test("Ctrl-C ends the server, and the page says so", {}, async ({ server, browser }) => {
  const page = await open(browser, server.url);
  await shown(page);
  const from = Date.now();
  assert.equal(await server.stop("SIGINT"), 0);
  assert.ok(Date.now() - from < 3000, "it ends at once, though a page is open");
  await page.locator("#lost").waitFor();
  assert.match(await page.locator("#lost").textContent(), /Mất kết nối với vanthu preview\. Trang đang xem là bản 1\./);
  assert.equal(await sheets(page).count(), 8, "the pages stay");
  assert.ok(!server.said().includes("panicked"), server.said());
  await shot(page, "ending");
});

test("SIGTERM ends it, and so do two Ctrl-C in a row", {}, async ({ server }) => {
  const again = await start({ place: server });
  const from = Date.now();
  await again.stop("SIGTERM");
  assert.ok(Date.now() - from < 3000);
  server.child.kill("SIGINT");
  await server.stop("SIGINT");
});

test("a port that is taken is told in a plain message", {}, async ({ server }) => {
  const { port } = new URL(server.url);
  await assert.rejects(start({ place: server, port }), /một chương trình khác đang dùng cổng này/);
});
