// A test of node:test with a server and a browser. Apart from support.mjs, since whatever loads node:test reports as a test.
import nodeTest, { after } from "node:test";
import { launch, shot, start } from "./support.mjs";

export * from "./support.mjs";

/** One browser for all tests of a file; each test has contexts of its own. */
let shared = null;
after(async () => { if (shared) await (await shared).close(); });

/** A test with a server of its own, put away whatever happens; a failed one leaves a picture too. */
export function test(name, what, body) {
  nodeTest(name, { timeout: what.timeout ?? 120_000, skip: what.skip ?? false, todo: what.todo ?? false }, async (t) => {
    const browser = await (shared ??= launch());
    const server = what.server === false ? null : await start(what);
    try {
      await body({ t, server, browser });
    } catch (error) {
      const pages = browser.contexts().flatMap((context) => context.pages());
      for (const [k, page] of pages.entries()) await shot(page, `failed-${name.replace(/[^a-z0-9]+/gi, "-")}-${k}`).catch(() => {});
      throw error;
    } finally {
      await Promise.all(browser.contexts().map((context) => context.close()));
      await server?.clean();
    }
  });
}
