// Whether a day of saving leaves anything behind: memory of the server and of the page over many saves.
//
//     node memory.mjs [SAVES]
import { readFile } from "node:fs/promises";
import { launch, open, saves, shown, start } from "./support.mjs";

const count = Number(process.argv[2] ?? 2000);
const every = Math.max(10, Math.min(200, Math.floor(count / 10)));
/** How much the last quarter may be above the second one. */
const ALLOWED = 1.1;
/** A page of 2 MB goes up to 4 and down again as its garbage is collected: less than this many MB is no growth. */
const BREATH = 4;
/** Saves before the count begins: the page keeps the texts of some two hundred pages before it lets the oldest go. */
const WARM = 250;

const server = await start({});
const browser = await launch();
try {
  const page = await open(browser, server.url);
  await shown(page);
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const text = await readFile(server.plan, "utf8");
  const part = "thước đo kết quả";
  const measure = async () => {
    const status = await readFile(`/proc/${server.child.pid}/status`, "utf8");
    await client.send("HeapProfiler.collectGarbage");
    const { metrics } = await client.send("Performance.getMetrics");
    const metric = (name) => metrics.find((entry) => entry.name === name).value;
    return { rss: Number(/VmRSS:\s+(\d+)/.exec(status)[1]) / 1024, heap: metric("JSHeapUsedSize") / 2 ** 20, nodes: metric("Nodes") };
  };
  const seen = [];
  console.log("| saves | server, MB | page, MB | DOM nodes |\n|---:|---:|---:|---:|");
  const from = Date.now();
  for (let k = 1 - WARM; k <= count; k++) {
    const before = Number(await page.evaluate(() => document.documentElement.dataset.revision));
    // Every fiftieth has an error, as when somebody types.
    const next = k % 50 === 0 ? text.replace("loai: ke_hoach", "loai: ke_hoch") : text.replace(part, `thước đo thứ ${k + WARM}`);
    await saves.rename(server.plan, next);
    await page.waitForFunction((before) => Number(document.documentElement.dataset.revision) > before, before, { timeout: 20_000, polling: 5 });
    // Marks are kept by the browser until they are cleared; only the tests read them.
    if (k % 100 === 0) await page.evaluate(() => performance.clearMarks());
    if (k > 0 && k % every === 0) {
      await page.waitForTimeout(700); // the work of the idle time is done
      const now = await measure();
      seen.push(now);
      console.log(`| ${k} | ${now.rss.toFixed(1)} | ${now.heap.toFixed(1)} | ${now.nodes} |`);
    }
  }
  console.log(`\n${((Date.now() - from) / (count + WARM)).toFixed(0)} ms a save`);
  const mean = (list, key) => list.reduce((sum, entry) => sum + entry[key], 0) / list.length;
  const quarter = Math.max(1, Math.floor(seen.length / 4));
  const second = seen.slice(quarter, 2 * quarter), last = seen.slice(-quarter);
  for (const [key, name] of [["rss", "server"], ["heap", "page"]]) {
    const growth = mean(last, key) / mean(second, key);
    console.log(`${name}: the last quarter is ${((growth - 1) * 100).toFixed(1)} % above the second`);
    const more = mean(last, key) - mean(second, key);
    if (!(growth <= ALLOWED || more <= BREATH)) {
      console.error(`${name} keeps growing`);
      process.exitCode = 1;
    }
  }
} finally {
  await browser.close();
  await server.clean();
}
