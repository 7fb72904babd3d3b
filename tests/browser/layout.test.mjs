// The page at three widths, in both themes: nothing overflows, and every pane can be reached (what axe says of them: states.test.mjs).
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { atRest, codeCell, drag, drawn, hasNoOverflow, openPage, settled, until, write } from "./page.mjs";

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const tablet = { viewport: { width: 820, height: 1180 }, hasTouch: true };
const desktop = { viewport: { width: 1440, height: 900 } };

for (const colorScheme of ["light", "dark"]) {
  pageTest(`desktop, ${colorScheme}: document, graph and values side by side`, async ({ page, address }) => {
    await openPage(page, address);
    await hasNoOverflow(page);
    for (const name of ["Graph", "Values"]) assert.ok(await page.getByRole("heading", { name, exact: true }).isVisible());
    await write(page, 4, "(z +");
    await settled(page);
    await page.getByRole("button", { name: "Menu" }).click();
  }, { context: { ...desktop, colorScheme } });

  pageTest(`phone, ${colorScheme}: one pane at a time`, async ({ page, address }) => {
    await openPage(page, address);
    await hasNoOverflow(page);
    const tabs = page.getByRole("navigation", { name: "Panes" });
    await tabs.getByRole("button", { name: "Graph" }).click();
    assert.ok(await page.locator(".graph .node").first().isVisible());
    await hasNoOverflow(page);
    await tabs.getByRole("button", { name: "Values" }).click();
    assert.ok(await page.locator(".tensor-table").isVisible());
    assert.ok(!(await page.locator(".graph").isVisible()));
    await hasNoOverflow(page);
    await tabs.getByRole("button", { name: "Code" }).click();
    await write(page, 4, `print("${"long ".repeat(40)}")`);
    await settled(page);
    assert.ok(await codeCell(page, 4).locator(".output").isVisible());
    await hasNoOverflow(page);
  }, { context: { ...phone, colorScheme } });
}

for (const [name, viewport] of [["a phone on its side", { width: 740, height: 360 }], ["a window as small as they come", { width: 320, height: 480 }]]) {
  pageTest(`${name}: each pane has all the room there is`, async ({ page, address }) => {
    await openPage(page, address);
    await hasNoOverflow(page);
    const tabs = page.getByRole("navigation", { name: "Panes" });
    for (const [tab, pane] of [["Graph", ".graph"], ["Values", ".readout"], ["Code", ".pane-document"]]) {
      await tabs.getByRole("button", { name: tab, exact: true }).click();
      await atRest(page);
      const [top, bottom] = await page.locator(pane).evaluate((element) => [element.getBoundingClientRect().top, Math.min(element.getBoundingClientRect().bottom, innerHeight)]);
      assert.ok(bottom - top > 90, `${tab}: from ${top} to ${bottom}`);
      assert.equal(await page.locator(".side").isVisible(), tab !== "Code");
      await hasNoOverflow(page);
    }
    await tabs.getByRole("button", { name: "Graph", exact: true }).click();
    await page.getByRole("button", { name: "Next step" }).click();
    await page.locator(".explain").waitFor();
    const [tools, line] = await page.evaluate(() => [".graph-tools", ".timeline"].map((part) => document.querySelector(part).getBoundingClientRect()));
    assert.ok(tools.bottom <= line.top + 1, "the tools of the graph do not lie over the time line");
  }, { context: { viewport, hasTouch: true } });
}

pageTest("with the system's own colours what was told by a ground is told by a line", async ({ page, address }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await openPage(page, address);
  const lined = (selector) => page.locator(selector).first().evaluate((element) => Math.max(parseFloat(getComputedStyle(element).outlineWidth) * Number(getComputedStyle(element).outlineStyle !== "none"), parseFloat(getComputedStyle(element).borderLeftWidth)));
  await codeCell(page, 0).locator(".cm-content").click();
  assert.ok((await lined(".editor:focus-within")) >= 2);
  await page.locator(".tensor-table .row-name").first().click();
  await page.locator(".tensor-table tr.is-selected").waitFor();
  assert.ok((await lined(".tensor-table tr.is-selected")) >= 2);
  await page.setViewportSize(phone.viewport);
  assert.ok((await lined('.tab[aria-current="true"]')) >= 2);
}, { context: desktop });

pageTest("tablet: the graph in a dock below the document", async ({ page, address }) => {
  await openPage(page, address);
  await hasNoOverflow(page);
  assert.ok(await page.locator(".graph .node").first().isVisible());
  await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Values" }).click();
  assert.ok(await page.locator(".tensor-table").isVisible());
  await hasNoOverflow(page);
}, { context: tablet });

pageTest("the lines between the panes are dragged and moved by keys, stay so after a reload, and go back", async ({ page, address }) => {
  await openPage(page, address);
  const sizes = () => page.evaluate(() => [document.querySelector(".pane-document").offsetWidth, document.querySelector(".readout").offsetHeight]);
  const [width, height] = await sizes();
  await drag(page, page.locator(".divider-document"), [[-200, 0]]);
  await drag(page, page.locator(".divider-values"), [[0, -60]]);
  const moved = await sizes();
  assert.ok(Math.abs(moved[0] - (width - 200)) < 4 && Math.abs(moved[1] - (height + 60)) < 8, `${[width, height]} became ${moved}`);
  await hasNoOverflow(page);
  await page.reload();
  await settled(page);
  assert.deepEqual(await sizes(), moved);
  const line = page.getByRole("separator", { name: "Width of the document" });
  const before = Number(await line.getAttribute("aria-valuenow"));
  await line.focus();
  await page.keyboard.press("ArrowRight");
  assert.equal(Number(await line.getAttribute("aria-valuenow")), before + 2);
  assert.ok((await sizes())[0] > moved[0]);
  await drag(page, page.locator(".divider-document"), [[2000, 0]]);
  assert.equal(await line.getAttribute("aria-valuenow"), "75", "both panes keep some room");
  await page.keyboard.press("Enter");
  await page.locator(".divider-values").dblclick();
  assert.deepEqual(await sizes(), [width, height]);
}, { context: desktop });

pageTest("tablet: the dock is made higher by its upper edge", async ({ page, address }) => {
  await openPage(page, address);
  const top = () => page.locator(".side").evaluate((side) => side.getBoundingClientRect().top);
  const before = await top();
  await drag(page, page.locator(".divider-dock"), [[0, -200]]);
  assert.ok(Math.abs((await top()) - (before - 200)) < 4);
  await hasNoOverflow(page);
}, { context: tablet });

pageTest("the theme button overrides the system's theme, also after a reload", async ({ page, address }) => {
  await openPage(page, address);
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole("button", { name: "Use the dark theme" }).click();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  assert.equal(await ground(), dark);
  await page.getByRole("button", { name: "Use the light theme" }).click();
  assert.equal(await ground(), light);
}, { context: { ...desktop, colorScheme: "light" } });

pageTest("the graph is panned, zoomed and fitted again", async ({ page, address }) => {
  await openPage(page, address);
  const place = () => page.locator(".graph > g").getAttribute("transform");
  const first = await place();
  await page.getByRole("button", { name: "Zoom in" }).click();
  assert.notEqual(await place(), first);
  const box = await page.locator(".graph").boundingBox();
  const zoomed = await place();
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  await page.mouse.move(box.x + 90, box.y + 60);
  await page.mouse.up();
  assert.notEqual(await place(), zoomed);
  await page.getByRole("button", { name: "Fit" }).click();
  assert.equal(await place(), first);
}, { context: desktop });

for (const [name, width] of [["a desk", 1440], ["a phone", 360]]) {
  pageTest(`from ${name} on paper: the document, the whole graph and the values, dark on white, and nothing to press`, async ({ page, address }) => {
    await openPage(page, address);
    if (width > 400) for (let i = 0; i < 4; i++) await page.getByRole("button", { name: "Zoom in" }).click();
    const looked = await page.locator(".graph > g").getAttribute("transform");
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize({ width: 720, height: 1000 });
    for (const part of [".header", ".cell-tools", ".add-here", ".timeline", ".graph-tools", ".tabs"]) assert.equal(await page.locator(part).first().isVisible(), false, part);
    assert.ok(await codeCell(page, 3).locator(".output-warning").isVisible());
    assert.ok(await page.locator(".tensor-table").isVisible());
    await until(async () => {
      const [paper, cards] = await page.evaluate(() => [document.querySelector(".graph").getBoundingClientRect(), [...document.querySelectorAll(".graph .card")].map((card) => card.getBoundingClientRect())]);
      assert.ok(cards.length > 4 && cards.every(({ left, right, top, bottom, width }) => width > 10 && left >= paper.left && right <= paper.right && top >= paper.top && bottom <= paper.bottom), JSON.stringify([paper, cards]));
    });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).color), "rgb(31, 30, 27)");
    await hasNoOverflow(page);
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize({ width, height: 900 });
    if (width > 400) await until(async () => assert.equal(await page.locator(".graph > g").getAttribute("transform"), looked, "what was looked at is there again"));
  }, { context: { viewport: { width, height: 900 }, colorScheme: "dark" } });
}

pageTest("who wants less motion gets none", async ({ page, address }) => {
  await openPage(page, address);
  const slow = await page.evaluate(() =>
    [...document.querySelectorAll("*")].filter((one) => [...getComputedStyle(one).transitionDuration.split(","), ...getComputedStyle(one).animationDuration.split(",")].some((time) => parseFloat(time) > 0.001)).length,
  );
  assert.equal(slow, 0);
  await page.getByRole("button", { name: "Play", exact: true }).click();
  const slider = page.getByRole("slider", { name: "Step", exact: true });
  await until(async () => assert.ok(Number(await slider.inputValue()) >= 2, "it goes on by itself"));
  await page.getByRole("button", { name: "Pause" }).click();
  const running = await page.evaluate(() => document.getAnimations().filter(({ effect }) => effect.getComputedTiming().duration > 1).length);
  assert.equal(running, 0);
}, { context: { ...desktop, reducedMotion: "reduce" } });

/** Adds up how far what is seen moves, as browsers measure it (cumulative layout shift; up to 0.1 counts as good). */
const watchShifts = () => {
  globalThis.shift = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (shift += value))).observe({ type: "layout-shift", buffered: true });
};

for (const [device, context] of Object.entries({ desktop, tablet, phone })) {
  for (const [what, late] of [["the engine comes", /\.wasm$/], ["the engine and the typefaces come", /\.(wasm|woff2)$/]]) {
    pageTest(`${device}: however late ${what}, what stands there stays where it is`, async ({ page, address, context }) => {
      let come;
      const coming = new Promise((resolve) => (come = resolve));
      await context.route(late, async (route) => {
        await coming;
        await route.continue();
      });
      await page.addInitScript(watchShifts);
      await page.goto(address, { waitUntil: "commit" });
      await page.getByRole("heading", { name: "Gradient descent and backpropagation" }).waitFor();
      await drawn(page);
      come();
      await page.locator(".tensor-table .grad-kept").first().waitFor({ state: "attached" });
      await page.evaluate(() => document.fonts.ready);
      await atRest(page);
      // Where none of the machine's faces can stand in for the page's (styles/tokens.css), the text has to move.
      const standsIn = await page.evaluate(async () => {
        const faces = [...document.fonts].filter(({ family }) => family.includes("until then"));
        return (await Promise.allSettled(faces.map((face) => face.load()))).some(({ status }) => status === "fulfilled");
      });
      const shift = await page.evaluate(() => globalThis.shift);
      if (standsIn || !late.test(".woff2")) assert.ok(shift < 0.05, `moved by ${shift}`);
    }, { context });
  }
}
