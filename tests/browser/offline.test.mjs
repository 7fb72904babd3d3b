// Once visited, the page works without a network, all of it; a new version comes whole or not at all.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import { pageTest } from "./harness.mjs";
import { openPage, outputsOf, settled, write } from "./page.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json" };

/** Serves the built page in one of several versions, which differ in what index.html says. */
async function serveVersions() {
  const state = { version: 1, broken: "" };
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://x").pathname.replace(/\/$/, "/index.html").slice(1);
    try {
      let body = await readFile(fileURLToPath(new URL(`../../build/web/${name}`, import.meta.url)));
      if (state.broken && name.includes(state.broken)) throw new Error("out of order");
      if (name === "index.html") body = body.toString().replace("<head>", `<head><meta name="edition" content="${state.version}">`);
      if (name === "sw.js") body = body.toString().replace(/VERSION = "/, `VERSION = "${state.version}-`);
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "text/plain" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "localhost", resolve));
  return { state, address: `http://localhost:${server.address().port}/`, close: () => server.closeAllConnections?.() ?? server.close() };
}

const kept = (page) => page.waitForFunction(() => navigator.serviceWorker.controller?.state === "activated");
const edition = (page) => page.locator("meta[name=edition]").getAttribute("content");

pageTest("without a network the page opens again, runs what needs the whole engine, and has its later parts", async ({ page, address, context }) => {
  await openPage(page, address);
  await kept(page);
  await context.setOffline(true);
  await page.reload();
  await settled(page);
  assert.equal((await outputsOf(page, 0))[0].text, "tensor([14.], grad_fn=<AddBackward0>)");
  await write(page, 4, "import itertools\nlist(itertools.chain('ab', 'c'))");
  await settled(page);
  assert.equal((await outputsOf(page, 4))[0].text, "['a', 'b', 'c']");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Examples" }).click();
  await page.getByRole("heading", { name: "Beyond the first derivative" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: /Next lesson/ }).click();
  await page.getByRole("heading", { name: "Toggling gradient tracking", exact: true }).waitFor();
}, { context: { serviceWorkers: "allow" } });

pageTest("a new version is told of and used when it is wanted, with nothing lost; one that cannot be had whole is not used", async ({ page }) => {
  const site = await serveVersions();
  try {
    await openPage(page, site.address);
    await kept(page);
    await write(page, 4, "'typed'");
    Object.assign(site.state, { version: 2, broken: "icon.svg" });
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()).catch(() => {}));
    await page.waitForFunction(() => navigator.serviceWorker.getRegistration().then(({ installing, waiting }) => !installing && !waiting));
    await page.reload();
    assert.equal(await edition(page), "1");
    await settled(page);

    Object.assign(site.state, { version: 3, broken: "" });
    await page.evaluate(() => navigator.serviceWorker.getRegistration().then((one) => one.update()).catch(() => {}));
    await page.locator(".notice", { hasText: "A new version of nabla is ready." }).waitFor();
    assert.equal(await edition(page), "1");
    await page.getByRole("button", { name: "Use it" }).click();
    await page.waitForFunction(() => document.querySelector("meta[name=edition]")?.content === "3");
    await settled(page);
    assert.deepEqual(await outputsOf(page, 4), [{ kind: "result", text: "'typed'" }]);
  } finally {
    site.close();
  }
}, { context: { serviceWorkers: "allow" }, allowErrors: [/404/, /Failed to update a ServiceWorker|bad HTTP response/] });
