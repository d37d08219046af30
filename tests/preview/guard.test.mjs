// Nobody but the page itself may ask: not another site in the same browser, not a name that points at this machine.
import { createServer, request } from "node:http";
import { once } from "node:events";
import { assert, clean, open, shot, shown, test } from "./harness.mjs";

function raw(server, { path = null, method = "GET", ...headers }) {
  const { port, pathname } = new URL(server.url);
  return new Promise((done, failed) => {
    const asked = request({ host: "127.0.0.1", port, path: path ?? pathname, method, headers: { host: `127.0.0.1:${port}`, ...headers }, setHost: false }, (answer) => {
      let body = "";
      answer.on("data", (bytes) => { body += bytes; });
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, body }));
    });
    asked.on("error", failed);
    asked.end();
  });
}

test("forged requests are refused", {}, async ({ server }) => {
  const { port, pathname } = new URL(server.url);
  assert.equal((await raw(server, {})).status, 200);
  for (const headers of [
    { host: "evil.example" }, { host: `evil.example:${port}` }, { host: "127.0.0.1" }, { host: `127.0.0.1.evil.example:${port}` }, { host: `0.0.0.0:${port}` },
    { origin: "https://evil.example" }, { origin: "null" }, { origin: `http://127.0.0.1:${Number(port) + 1}` }, { origin: `https://127.0.0.1:${port}` },
    { "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" },
    { path: "/" }, { path: "/favicon.ico" }, { path: `/${"0".repeat(pathname.length - 2)}/` }, { path: `//${pathname.slice(1)}` }, { path: pathname.slice(0, -2) + "/" },
    { path: `${pathname}open?revision=1&source=0&line=1`, method: "POST" },
    { path: `${pathname}open?revision=1&source=0&line=1`, method: "POST", origin: "https://evil.example" },
  ]) {
    const answer = await raw(server, headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.equal(typeof JSON.parse(answer.body).message, "string");
    assert.ok(!answer.body.includes(pathname.slice(1, -1)), "the answer does not give the token away");
    assert.equal(answer.headers["access-control-allow-origin"], undefined);
  }
  for (const path of ["page/../../etc/passwd", "page/%2e%2e%2f%2e%2e%2fetc%2fpasswd.svg", "source/x.json", "font/9", "font/-1", "units/x.json", "export/1/exe", "export/99/pdf",
    "place?revision=1&page=99&piece=99&offset=99", "place?revision=x", "line?revision=1&source=9&line=999999999", "word/x.svg", "nothing"]) {
    const answer = await raw(server, { path: pathname + path });
    assert.ok(answer.status < 500, `${path}: ${answer.status}`);
    assert.ok(!answer.body.includes("root:"));
    if (answer.status >= 400) assert.equal(typeof (() => { try { return JSON.parse(answer.body).message; } catch { return answer.body; } })(), "string");
  }
  for (const path of ["", "xem-truoc.html", "page/x.svg"]) {
    const { headers } = await raw(server, { path: pathname + path });
    assert.match(headers["content-security-policy"], /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(headers["x-content-type-options"], "nosniff");
    assert.equal(headers["referrer-policy"], "no-referrer");
  }
  assert.equal((await raw(server, {})).status, 200, "the server is still there");
});

test("every failure is a sentence in Vietnamese", {}, async ({ server }) => {
  const { pathname } = new URL(server.url);
  for (const [path, method] of [["place?revision=x", "GET"], ["place", "GET"], ["font/x", "GET"], ["export/x/pdf", "GET"], ["events", "POST"], ["open", "GET"]]) {
    const { status, body } = await raw(server, { path: pathname + path, method, origin: new URL(server.url).origin });
    assert.ok(status >= 400 && status < 500, `${path}: ${status}`);
    assert.doesNotThrow(() => JSON.parse(body), `${method} ${path}: ${status} “${body}”`);
  }
});

test("a page on another port gets nothing", {}, async ({ server, browser }) => {
  const other = createServer((_, answer) => { answer.setHeader("content-type", "text/html"); answer.end("<!doctype html><title>other</title><body>other"); });
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  try {
    const target = server.url;
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${other.address().port}/`);
    const got = await page.evaluate(async (target) => {
      const tryFetch = async (path, options) => {
        try { const answer = await fetch(target + path, options); return [answer.type, answer.status, (await answer.text()).length]; } catch { return "refused"; }
      };
      const load = (tag, path) => new Promise((done) => {
        const node = document.createElement(tag);
        node.onload = () => done(tag === "iframe" ? "loaded" : "seen");
        node.onerror = () => done("refused");
        node.src = target + path;
        document.body.append(node);
        setTimeout(() => done("nothing"), 3000);
      });
      const events = await new Promise((done) => {
        const source = new EventSource(`${target}events`);
        source.addEventListener("state", () => done("seen"));
        source.onerror = () => done("refused");
      });
      return {
        cors: await tryFetch(""), events, opaque: await tryFetch("", { mode: "no-cors" }), post: await tryFetch("open?revision=1&source=0&line=1", { method: "POST", mode: "no-cors" }),
        image: await load("img", "page/x.svg"), script: await load("script", "xem-truoc.js"),
        frame: await load("iframe", ""),
      };
    }, target);
    await page.waitForTimeout(300);
    assert.equal(got.cors, "refused");
    assert.equal(got.events, "refused");
    assert.equal(got.image, "refused");
    assert.equal(got.script, "refused");
    for (const opaque of [got.opaque, got.post]) assert.ok(opaque === "refused" || (opaque[0] === "opaque" && opaque[2] === 0), String(opaque));
    const frame = page.frames()[1];
    assert.ok(!frame || !(await frame.content()).includes("Trang in"), "the frame does not show the page");
    await shot(page, "guard-other-page");
    // The true page is not disturbed.
    const own = await open(browser, server.url);
    await shown(own);
    clean(own);
  } finally {
    other.closeAllConnections();
    other.close();
  }
});

test("an address without its token explains itself", {}, async ({ server, browser }) => {
  const page = await browser.newPage();
  const answer = await page.goto(new URL("/", server.url).href);
  assert.equal(answer.status(), 403);
  assert.match(await page.textContent("body"), /thiếu mã/);
  await shot(page, "guard-no-token");
});
