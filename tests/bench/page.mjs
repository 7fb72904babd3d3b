// How quickly the page answers, in headless Chromium: from a key to the table, a frame while a number is dragged, and from nothing to the
// first gradient with the page's thread four times slower; and a graph of a thousand operators. Medians; the machine should be quiet.
import { chromium } from "playwright-core";
import { serve } from "../../scripts/serve.mjs";
import { findChromium } from "../../scripts/setup.mjs";
import { firstGradients } from "./load.mjs";
import { openCode } from "../browser/page.mjs";

const GOALS = { key: 50, frame: 16, load: 1000, layout: 200 };
const KEYS = 30;
const LOADS = 5;
const SLOWER = 4;

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** The page with its editor, on the tutorial. */
async function openPage(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(address);
  await page.mouse.move(3, 3);
  await page.locator(".cm-content").first().waitFor();
  await page.locator(".tensor-table .grad-kept").first().waitFor();
  return page;
}

/** The number in `x = torch.tensor([2.0])`, as it lies on the screen. */
async function numberOf(page) {
  const number = page.locator(".cm-line", { hasText: "x = torch.tensor" }).first().locator(".cm-turnable").first();
  await number.scrollIntoViewIfNeeded();
  return number.boundingBox();
}

/** Milliseconds from a key that changes x to the frame in which the table shows the new y. */
async function keyToReadout(page) {
  const box = await numberOf(page);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => {
    globalThis.times = [];
    const table = document.querySelector(".tensor-table");
    let pressed = 0;
    addEventListener("keydown", () => (pressed = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (!pressed) return;
      const begin = pressed;
      pressed = 0;
      requestAnimationFrame(() => times.push(performance.now() - begin));
    }).observe(table, { subtree: true, childList: true, characterData: true });
  });
  for (let i = 0; i < KEYS; i++) {
    await page.keyboard.press("Alt+ArrowUp");
    await page.waitForTimeout(120);
  }
  return median(await page.evaluate(() => times));
}

/** While a number is dragged: see frameWhile. */
async function dragFrame(page) {
  const box = await numberOf(page);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frame = await frameWhile(page, async () => {
    for (let i = 1; i <= 60; i++) await page.mouse.move(x + i * 6, y);
  });
  await page.mouse.up();
  return frame;
}

/** Of a graph of a thousand operators: how long its layout takes, and frames while it is dragged about. */
async function largeGraph(browser, address) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const lines = Array.from({ length: 333 }, (_, i) => `x${i + 1} = x${i} * w + x${Math.max(0, i - 6)}.sin()`);
  await openCode(page, address, ["import torch", "x0 = torch.tensor(1.0, requires_grad=True)", "w = torch.tensor(0.5, requires_grad=True)", ...lines].join("\n"));
  await page.locator(".node").first().waitFor();
  const layout = await page.evaluate(() => performance.getEntriesByName("graph layout").at(-1).duration);
  const box = await page.locator(".graph").boundingBox();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const frame = await frameWhile(page, async () => {
    for (let i = 1; i <= 60; i++) await page.mouse.move(x, y - i * 6);
  });
  await page.mouse.up();
  await page.close();
  return { layout, ...frame };
}

/** While something is done: `frame`, the usual time from frame to frame, which a screen of 60 Hz keeps at 16.7 ms or more; `work`, what the page's own
 * thread had to do for each. */
async function frameWhile(page, act) {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  const busy = async () => (await session.send("Performance.getMetrics")).metrics.find(({ name }) => name === "TaskDuration").value * 1000;
  const before = await busy();
  await page.evaluate(() => {
    globalThis.frames = [];
    let last = 0;
    const tick = (now) => {
      if (last) frames.push(now - last);
      last = now;
      globalThis.ticking = requestAnimationFrame(tick);
    };
    globalThis.ticking = requestAnimationFrame(tick);
  });
  await act();
  const frames = await page.evaluate(() => (cancelAnimationFrame(ticking), frames));
  const work = ((await busy()) - before) / frames.length;
  await session.detach();
  return { frame: median(frames), work };
}

/** Prints the figures beside their goals. */
export async function benchPage() {
  const site = await serve();
  let browser;
  try {
    const loads = await firstGradients(site.address, LOADS, SLOWER);
    browser = await chromium.launch({ executablePath: findChromium(), args: ["--headless", "--no-sandbox", "--no-first-run"] });
    const page = await openPage(browser, site.address);
    const large = await largeGraph(browser, site.address);
    const key = await keyToReadout(page);
    const drag = await dragFrame(page);
    const figures = [
      ["page: key to readout", key, GOALS.key],
      ["page: work for a frame while dragging", drag.work, GOALS.frame],
      [`page: first gradient, processor ${SLOWER} times slower`, median(loads), GOALS.load],
      ["page: layout of 1,000 operators", large.layout, GOALS.layout],
      ["page: work for a frame while they are panned", large.work, GOALS.frame],
    ];
    for (const [name, time, goal] of figures) console.log(`${name}: ${time.toFixed(0)} ms (goal ${goal})`);
    console.log(`page: from frame to frame while dragging ${drag.frame.toFixed(1)} ms, while panning ${large.frame.toFixed(1)} ms (of a 60 Hz screen: 16.7)`);
  } finally {
    await browser?.close();
    await site.close();
  }
}
