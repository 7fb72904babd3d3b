// What can be done with the drawn graph: search, export, and marks for views, broadcasts and indexing.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";
import { openCode, openPage, settled, until } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 }, acceptDownloads: true };

pageTest("search dims what does not match, and Enter goes from match to match", async ({ page, address }) => {
  await openPage(page, address);
  await page.getByRole("button", { name: "Find", exact: true }).click();
  await page.waitForFunction(() => document.activeElement?.closest(".graph-search"));
  await page.keyboard.type("w");
  await page.locator(".node.is-ahead").first().waitFor({ state: "attached" });
  assert.equal(await page.locator(".node:not(.is-ahead)").count(), 3); // w1, w2 and pow
  await page.keyboard.press("Enter");
  await until(async () => assert.equal(await page.locator(".graph-search output").textContent(), "1 of 3"));
  await page.keyboard.press("Escape");
  await page.locator(".node.is-ahead").first().waitFor({ state: "detached" });
}, { context: desktop });

pageTest("the graph is saved as SVG, PNG and DOT", async ({ page, address }) => {
  await openPage(page, address);
  const save = async (kind) => {
    const waiting = page.waitForEvent("download");
    await page.locator(".graph-export summary").click();
    await page.getByRole("button", { name: kind, exact: true }).click();
    const download = await waiting;
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const svg = await save("SVG");
  assert.match(svg.name, /\.svg$/);
  const text = svg.bytes.toString();
  for (const part of ["w1", "AddBackward0", "pow(·, 2)", "14."]) assert.ok(text.includes(part), part);
  assert.ok(!text.includes("class="), "styles stand on the elements");
  const png = await save("PNG");
  assert.equal(png.bytes.subarray(1, 4).toString(), "PNG");
  assert.ok(png.bytes.readUInt32BE(16) > 400, "width");
  const dot = (await save("DOT")).bytes.toString();
  assert.match(dot, /^digraph \{/);
  assert.match(dot, /label="×\\n4\.|label="×\\n\[4\.\]/);
  assert.equal(dot.match(/ -> /g).length, 9);
}, { context: desktop });

pageTest("indexing is labelled as it was written; views and broadcasts are marked", async ({ page, address }) => {
  await openCode(page, address, "import torch\nx = torch.ones(2, 3, requires_grad=True)\na = x[0]\nb = x[:, 1:]\nc = x.reshape(3, 2)\nd = a + x\n");
  await settled(page);
  const signs = await page.locator(".sign-text").allTextContents();
  for (const sign of ["[0]", "[:, 1:]", "+"]) assert.ok(signs.includes(sign), `${sign} is not among ${signs}`);
  assert.ok(signs.some((sign) => sign.startsWith("reshape")), String(signs));
  assert.ok((await page.locator(".node.is-view").count()) >= 2);
  assert.equal(await page.locator(".edge.is-broadcast").count(), 1);
  assert.ok(await page.locator(".key-view").isVisible());
}, { context: desktop });

pageTest("a gradient stands on its card beside any value: in numbers, or where these are too long, as a picture within the card", async ({ page, address }) => {
  await openCode(page, address, "import torch\nsmall = torch.tensor([[1., 2.]], requires_grad=True)\nlong = torch.tensor([1., 2., 3.], requires_grad=True)\nloss = (small.exp() * 1e-5).sum() + (long ** 2 * torch.tensor([1e-7, 1e-4, 1e-4])).sum()\nloss.backward()\n");
  await settled(page);
  const card = (name) => page.locator(".node", { hasText: new RegExp(`^${name}`) });
  assert.equal(await card("small").locator(".grad-value").textContent(), "[[2.7183e-05, 7.3891e-05]]");
  assert.equal(await card("long").locator(".grad-value").count(), 0);
  const [picture, whole] = await Promise.all([card("long").locator(".heat-ground").boundingBox(), card("long").locator(".card").boundingBox()]);
  assert.ok(picture.x > whole.x && picture.x + picture.width < whole.x + whole.width && picture.y > whole.y && picture.y + picture.height < whole.y + whole.height);
}, { context: desktop });
