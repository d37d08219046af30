// The time from a save to the new page on the screen, warm: words of the page in view are edited, each time differently,
// and saved as vim does. Both clocks are the wall clock of this machine.
//
//     node bench.mjs [EDITS]
import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { launch, open, root, saves, shown, start, words } from "./support.mjs";

const edits = Number(process.argv[2] ?? 50);
const shared = resolve(root, "../shared/plans");
const five = existsSync(shared) ? readdirSync(shared).find((name) => /^000.*\.yaml$/.test(name)) : undefined;
if (!five) console.log("The shared plan of five pages is not here: samples/ke-hoach-tinh.yaml (8 pages) is measured.\n");
const sample = five ? join(shared, five) : "samples/ke-hoach-tinh.yaml";

const server = await start({ sample });
const browser = await launch();
try {
  const page = await open(browser, server.url);
  await shown(page);
  // A word in the middle of the page in view that stands once in the file; the number that takes its place differs every time.
  const text = await readFile(server.plan, "utf8");
  const candidates = await page.evaluate(() => {
    const view = document.querySelector("#view").getBoundingClientRect();
    return [...document.querySelectorAll("section[aria-label^='Trang '] [data-i]")].filter((node) => {
      const { top, bottom } = node.getBoundingClientRect();
      return top > view.top + 50 && bottom < view.bottom;
    }).flatMap((node) => node.textContent.trim().split(" ").slice(1, -1).map((_, k, all) => all.slice(k, k + 3).join(" "))).filter((part) => part.length > 8);
  });
  const part = candidates.reverse().find((part) => text.split(part).length === 2);
  if (!part) throw new Error("no words of the page in view stand once in the file");

  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  let bytes = 0, requests = 0;
  client.on("Network.dataReceived", ({ encodedDataLength, dataLength }) => { bytes += encodedDataLength || dataLength; });
  client.on("Network.requestWillBeSent", () => { requests++; });

  const samples = [];
  const warm = 5;
  for (let k = 0; k < edits + warm; k++) {
    const before = Number(await page.evaluate(() => document.documentElement.dataset.revision));
    const words3 = part.split(" ");
    const changed = [words3[0], `số${1000 + k}`, words3[2]].join(" ");
    [bytes, requests] = [0, 0];
    const saved = performance.timeOrigin + performance.now();
    await saves.rename(server.plan, text.replace(part, changed));
    await shown(page, before + 1);
    const times = await page.evaluate((before) => {
      const last = (name, good) => performance.getEntriesByName(name).filter(good).at(-1);
      const shown = last("vanthu:shown", (mark) => mark.detail.revision > before);
      const state = last("vanthu:state", (mark) => mark.startTime <= shown.startTime);
      return { state: performance.timeOrigin + state.startTime, shown: performance.timeOrigin + shown.startTime };
    }, before);
    await words(page, `số${1000 + k}`);
    await page.waitForTimeout(350); // what the page does when idle belongs to this save, and must not meet the next
    if (k >= warm) samples.push({ all: times.shown - saved, server: times.state - saved, page: times.shown - times.state, bytes, requests });
  }

  const at = (key, share) => [...samples].sort((a, b) => a[key] - b[key])[Math.min(samples.length - 1, Math.floor(share * samples.length))][key];
  const row = (name, key, digits = 1) => `| ${name} | ${[0.5, 0.95, 1].map((share) => at(key, share).toFixed(digits)).join(" | ")} |`;
  const pages = await page.evaluate(() => document.querySelectorAll("section[aria-label^='Trang ']").length);
  console.log(`${samples.length} edits of “${part}”, ${pages} pages, warm\n`);
  console.log("| | median | p95 | max |\n|---|---:|---:|---:|");
  console.log(row("save → shown, ms", "all"));
  console.log(row("save → state, ms", "server"));
  console.log(row("state → shown, ms", "page"));
  console.log(row("bytes", "bytes", 0));
  console.log(row("requests", "requests", 0));
} finally {
  await browser.close();
  await server.clean();
}
