// What all tests of `vanthu preview` share: a server on a copy of a sample, a browser, and the ways editors save.
import { spawn, execFileSync } from "node:child_process";
import { once } from "node:events";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, unlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, delimiter, dirname, join, resolve } from "node:path";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import assert from "node:assert/strict";
import { chromium } from "playwright-core";

const here = dirname(fileURLToPath(import.meta.url));
export const root = resolve(here, "../..");
export const vanthu = resolve(process.env.VANTHU ?? join(root, "target/release/vanthu"));
const shots = process.env.SHOTS;
const CHROMIUM_ARGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
  "--disable-sync", "--no-first-run"];

/** Longer than any step of a debug build on a busy machine; a test that waits so long has failed. */
export const PATIENCE = 20_000;

// ---------------------------------------------------------------- Programs

export function found(program) {
  return (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, program)).find(existsSync);
}

export function browserPath() {
  const path = process.env.CHROMIUM ?? ["chromium-headless-shell", "chromium", "chromium-browser"].map(found).find(Boolean);
  assert.ok(path, "no Chromium: install chromium-headless-shell, or set CHROMIUM");
  return path;
}

/** Chromium sometimes falls over while it starts, which says nothing of the page: it may try three times. */
export async function launch(tries = 3) {
  try {
    return await chromium.launch({ executablePath: browserPath(), args: CHROMIUM_ARGS });
  } catch (error) {
    if (tries <= 1) throw error;
    return launch(tries - 1);
  }
}

/** A command of vanthu, in a folder. */
export const run = (folder, ...args) => execFileSync(vanthu, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });

// ---------------------------------------------------------------- Server

/** What samples read beside themselves. */
const COMPANIONS = { "ke-hoach-tinh.yaml": ["so-lieu-chi-tieu.csv"] };

/** A new folder with a sample (a path from the root of the project) and what it reads; `text` replaces the sample's text. */
export async function workplace({ sample = "samples/ke-hoach-tinh.yaml", units = null, text = null, name = basename(sample) } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "vanthu-preview-"));
  const from = resolve(root, sample);
  await writeFile(join(folder, name), text ?? await readFile(from));
  for (const file of [...(text === null ? COMPANIONS[basename(sample)] ?? [] : [])]) await copyFile(join(dirname(from), file), join(folder, file));
  let list = null;
  if (units !== null) {
    list = join(folder, basename(units.name ?? units));
    await (units.text === undefined ? copyFile(resolve(root, units), list) : writeFile(list, units.text));
  }
  return { folder, plan: join(folder, name), list };
}

/** Starts `vanthu preview`; its first line of output is its address. */
export async function start({ args = [], port = null, place = null, ...what } = {}) {
  const { folder, plan, list } = place ?? await workplace(what);
  const all = ["preview", basename(plan), "--no-open", ...(list ? ["--units", basename(list)] : []), ...(port ? ["--port", String(port)] : []), ...args];
  const child = spawn(vanthu, all, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let errors = "";
  child.stderr.on("data", (bytes) => { errors += bytes; });
  const ended = once(child, "exit");
  const url = await Promise.race([
    once(createInterface({ input: child.stdout }), "line").then(([line]) => line),
    ended.then(() => { throw new Error(`vanthu ended before it gave an address:\n${errors}`); }),
  ]);
  assert.match(url, /^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{20,}\/$/, "the first line is the address");
  return {
    url, folder, plan, list, child, ended,
    /** What it said to the terminal. */
    said: () => errors,
    async stop(signal = "SIGINT") {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      const [code] = await ended;
      return code;
    },
    async clean() {
      await this.stop("SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The newest state, asked for as a second browser would. */
export async function stateOf(server, unit = null) {
  const answer = await fetch(`${server.url}events${unit === null ? "" : `?unit=${encodeURIComponent(unit)}`}`);
  let text = "";
  for await (const bytes of answer.body) {
    text += Buffer.from(bytes).toString("utf8");
    const data = /^data: ?(.*)\n\n/m.exec(text);
    if (data) return JSON.parse(data[1]); // leaving the loop ends the request
  }
  throw new Error("the events ended without a state");
}

export const pageText = async (server, id) => (await fetch(`${server.url}page/${id}.json`)).json();

// ---------------------------------------------------------------- Saving

/** The ways editors save a file. */
export const saves = {
  /** nano, kate, VS Code: the same file, written over. */
  plain: (path, text) => writeFile(path, text),
  /** vim, gedit, Emacs: a new file that takes the name of the old one. */
  async rename(path, text) {
    await writeFile(`${path}.moi~`, text);
    await rename(`${path}.moi~`, path);
  },
  /** Some sync programs: the file is not there for a moment. */
  async recreate(path, text) {
    await unlink(path);
    await writeFile(path, text);
  },
};

/** Saves a file with one string replaced, which must stand in it once. */
export async function edit(path, from, to, save = saves.rename) {
  const text = await readFile(path, "utf8");
  assert.equal(text.split(from).length, 2, `“${from}” must stand once in the file`);
  await save(path, text.replace(from, () => to));
}

// ---------------------------------------------------------------- Browser

/** Opens the page and notes all that it must not do. */
export async function open(browser, url, { width = 1440, height = 900, context = null, ...options } = {}) {
  context ??= await browser.newContext({ viewport: { width, height }, acceptDownloads: true, ...options });
  const page = await context.newPage();
  const noted = { errors: [], violations: [], requests: [] };
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) noted.violations.push(message.text());
    else if (message.type() === "error" || message.type() === "warning") noted.errors.push(message.text());
  });
  page.on("pageerror", (error) => noted.errors.push(String(error)));
  page.on("dialog", (dialog) => { noted.errors.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => noted.requests.push(request.url()));
  await page.goto(url);
  return Object.assign(page, { noted });
}

/** No console message, no broken policy, nothing from elsewhere. `but` are messages that the test makes on purpose. */
export function clean(page, but = null) {
  assert.deepEqual(page.noted.violations, [], "no violation of the content security policy");
  assert.deepEqual(page.noted.errors.filter((message) => !but?.test(message)), [], "nothing on the console");
  const { origin } = new URL(page.url());
  assert.deepEqual(page.noted.requests.filter((url) => new URL(url).origin !== origin), [], "no request to another host");
}

/** Waits until a revision (or a later one) is on the screen, with its text; gives its number. */
export async function shown(page, revision = 1) {
  const handle = await page.waitForFunction((wanted) => {
    const { revision, text } = document.documentElement.dataset;
    return Number(revision) >= wanted && text === revision && Number(revision);
  }, revision, { timeout: PATIENCE });
  return handle.jsonValue();
}

/** Waits until the text layer holds some words, and the newest revision is wholly there. */
export async function words(page, text, timeout = PATIENCE) {
  await page.waitForFunction((wanted) => {
    const { revision, text } = document.documentElement.dataset;
    const layer = [...document.querySelectorAll("section[aria-label^='Trang ']")].map((sheet) => sheet.textContent).join(" ");
    return revision !== undefined && text === revision && layer.includes(wanted);
  }, text, { timeout });
}

/** Waits until all pages have their text and picture. */
export const complete = (page) => page.waitForFunction(() => {
  const sheets = [...document.querySelectorAll("section[aria-label^='Trang ']")];
  return sheets.length > 0 && sheets.every((sheet) => sheet.querySelector("[data-i]") && sheet.querySelector("img")?.complete);
}, null, { timeout: PATIENCE });

export const sheets = (page) => page.locator("section[aria-label^='Trang ']");

/** Where the view stands. */
export const scrollTop = (page) => page.locator("#view").evaluate((view) => view.scrollTop);

/** What the page asked the server for while `work` ran, without the server's name. */
export async function requestsDuring(page, work) {
  const from = page.noted.requests.length;
  await work();
  return page.noted.requests.slice(from).map((url) => new URL(url).pathname.split("/").slice(2).join("/"));
}

export async function shot(page, name) {
  if (!shots) return;
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

export { assert };
