// The optimizer lab: the loss as a landscape or a curve, the program's own way, races, the start that is dragged, and divergence.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { drag, hasNoOverflow, openCode, settled, until } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const VALLEY = `import torch
w = torch.tensor([-1.0, 2.0], requires_grad=True)
b = torch.tensor(0.5, requires_grad=True)
opt = torch.optim.SGD([w, b], lr=0.05)
for i in range(20):
    loss = (w[0] - 1)**2 + 4 * w[1]**2 + b**2
    opt.zero_grad()
    loss.backward()
    opt.step()
`;

async function openLab(page, address, code) {
  await openCode(page, address, code);
  await settled(page);
  await page.getByRole("button", { name: "Optimizer lab" }).click();
  await page.locator(".lab-picture").waitFor();
}

const rows = (page) => page.locator(".lab-racers tbody tr");
const lossOf = (page, index) => rows(page).nth(index).locator(".lab-number").textContent();
/** All races have been run with what is now set. */
const raced = (page) => page.locator('.lab-racers[aria-busy="false"]').waitFor();
const points = (page, selector) => page.locator(`.lab-picture ${selector}`).evaluate((line) => line.getAttribute("points").split(",").length && line.getAttribute("points").trim().split(/\s+/).length / 2);

pageTest("contours of the learner's own loss appear, with the way of the program and races from its start", async ({ page, address }) => {
  await openLab(page, address, VALLEY);
  assert.match(await page.locator(".lab-picture").getAttribute("aria-label"), /^loss as contours over w\[0\] and w\[1\]/);
  await page.locator(".lab-band").nth(8).waitFor();
  await until(async () => assert.equal(await points(page, ".lab-own"), 20));
  await raced(page);
  // The first racer is the program's own optimizer: it goes the same way.
  assert.equal(await page.getByLabel("Options of SGD, racer 1").inputValue(), "lr=0.05");
  const [own, racer] = await page.evaluate(() => [".lab-own", ".lab-way.racer-0"].map((name) => document.querySelector(`.lab-picture ${name}`).getAttribute("points").split(" ").map(Number)));
  for (let i = 0; i < own.length; i++) assert.ok(Math.abs(own[i] - racer[i]) < 0.6, `point ${i}`);
  await page.getByLabel("Second axis").selectOption("b");
  await page.getByText("w[1] stays at 2 in this picture").waitFor();
}, { context: desktop });

pageTest("one axis gives a curve; the number beside it is the loss there", async ({ page, address }) => {
  await openLab(page, address, "import torch\nx = torch.tensor(3.0, requires_grad=True)\ny = (x - 1)**2\ny.backward()\n");
  assert.match(await page.locator(".lab-picture").getAttribute("aria-label"), /^y as a curve over x/);
  await page.waitForFunction(() => (document.querySelector(".lab-slice")?.getAttribute("d") ?? "").split("L").length > 60);
  await raced(page);
  await page.getByLabel("Step of the race").fill("0");
  await until(async () => assert.equal(await lossOf(page, 0), "4"));
  await page.getByLabel("Start of x").fill("2");
  await page.waitForFunction(() => document.querySelector(".lab-racers .lab-number").textContent === "1");
}, { context: desktop });

pageTest("the start is dragged with the pointer and moved with the arrow keys, and the races follow", async ({ page, address }) => {
  await openLab(page, address, VALLEY);
  await raced(page);
  await page.getByLabel("Step of the race").fill("0");
  const before = await lossOf(page, 0);
  const start = page.getByRole("button", { name: /^Start: w\[0\] = −1, w\[1\] = 2/ });
  await drag(page, start, [[110, 80]]);
  const [x, y] = [Number(await page.getByLabel("Start of w[0]").inputValue()), Number(await page.getByLabel("Start of w[1]").inputValue())];
  assert.ok(x > -0.9 && y < 1.9, `${x} ${y}`);
  await raced(page);
  assert.notEqual(await lossOf(page, 0), before);
  const loss = (x - 1) ** 2 + 4 * y ** 2 + 0.25;
  assert.ok(Math.abs(Number(await lossOf(page, 0)) - loss) < 1e-2 * loss, `${await lossOf(page, 0)} is not ${loss}`);
  await page.locator(".lab-start").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Shift+ArrowDown");
  assert.ok(Number(await page.getByLabel("Start of w[0]").inputValue()) > x);
  assert.ok(Number(await page.getByLabel("Start of w[1]").inputValue()) < y);
  await page.getByRole("button", { name: "Back to the program's" }).click();
  await until(async () => assert.equal(await page.getByLabel("Start of w[0]").inputValue(), "-1"));
}, { context: desktop });

pageTest("racers are added, changed and removed; the engine's own optimizers race, and say what they do not take", async ({ page, address }) => {
  await openLab(page, address, VALLEY);
  await raced(page);
  await page.getByRole("button", { name: "Add a racer" }).click();
  await page.getByLabel("Optimizer of racer 4").selectOption("RMSprop");
  await page.getByLabel("Options of RMSprop, racer 4").fill("lr=0.02, alpha=0.9");
  await page.waitForFunction(() => document.querySelectorAll(".lab-picture .lab-place").length === 4);
  await raced(page);
  await page.getByRole("button", { name: "State of RMSprop, racer 4" }).click();
  const state = page.getByRole("region", { name: "State of RMSprop" });
  assert.deepEqual(await state.locator("thead th").allTextContents(), ["parameter", "value", ".grad", "step", "square_avg"]);
  assert.deepEqual(await state.locator("tbody th").allTextContents(), ["w", "b"]);
  await raced(page);
  await page.getByLabel("Step of the race").fill("1");
  // Before its second step: the first moved each element by lr / sqrt(1 - alpha).
  await until(async () => assert.match(await state.locator("tbody tr").nth(1).innerText(), /0\.4368/));
  await page.getByLabel("Options of RMSprop, racer 4").fill("lr=-1");
  await page.getByText("Invalid learning rate: -1").waitFor();
  await page.getByLabel("Options of RMSprop, racer 4").fill("lr=0.1, wings=2");
  await page.getByText(/unexpected keyword argument 'wings'/).waitFor();
  await page.getByLabel("Options of RMSprop, racer 4").fill("lr=");
  await page.locator(".lab-wrong").waitFor();
  await page.getByRole("button", { name: "Remove RMSprop, racer 4" }).click();
  await page.locator(".lab-wrong").waitFor({ state: "detached" });
}, { context: desktop });

pageTest("what was chosen in the lab is kept with its document, and travels in its link", async ({ page, address, browser }) => {
  await openLab(page, address, VALLEY);
  await raced(page);
  await page.getByLabel("Second axis").selectOption("b");
  await page.getByLabel("Start of b").fill("1.5");
  await page.getByLabel("Optimizer of racer 2").selectOption("Adagrad");
  await page.getByLabel("Options of Adagrad, racer 2").fill("lr=0.3");
  await page.getByLabel("Steps of the race").selectOption("100");
  await page.getByRole("button", { name: "Zoom out" }).click();
  const looks = async (where) => ({
    axis: await where.getByLabel("Second axis").inputValue(),
    start: await where.getByLabel("Start of b").inputValue(),
    options: await where.getByLabel("Options of Adagrad, racer 2").inputValue(),
    racers: await where.locator(".lab-racers select").count(),
    steps: await where.getByLabel("Steps of the race").inputValue(),
    marks: await where.locator(".lab-picture text").allTextContents(),
  });
  const before = await looks(page);
  assert.deepEqual({ ...before, marks: [] }, { axis: "b", start: "1.5", options: "lr=0.3", racers: 3, steps: "100", marks: [] });
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const link = await page.getByRole("textbox", { name: "Link" }).inputValue();

  await page.reload();
  await settled(page);
  await page.getByRole("button", { name: "Optimizer lab" }).click();
  await page.locator(".lab-picture").waitFor();
  await until(async () => assert.deepEqual(await looks(page), before));

  const elsewhere = await browser.newContext({ viewport: desktop.viewport });
  const other = await elsewhere.newPage();
  await other.goto(link);
  await other.locator(".lab-picture").waitFor(); // the lab was open: it opens
  await until(async () => assert.deepEqual(await looks(other), before));
  await elsewhere.close();

  // Another document has a lab of its own.
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "New document" }).click();
  await page.locator(".cm-focused").waitFor();
  await page.keyboard.insertText(VALLEY);
  await settled(page);
  await raced(page);
  await until(async () => assert.equal(await page.getByLabel("Second axis").inputValue(), "w[1]"));
  assert.equal(await page.getByLabel("Steps of the race").inputValue(), "50");
  await page.getByLabel("Options of SGD, racer 1").waitFor();
}, { context: { ...desktop, permissions: ["clipboard-read", "clipboard-write"] } });

pageTest("divergence is shown for what it is: the racer leaves the picture, and where it is lost is told", async ({ page, address }) => {
  await openLab(page, address, VALLEY);
  await raced(page);
  await page.getByLabel("Options of SGD, racer 1").fill("lr=0.6");
  await page.waitForFunction(() => /diverges at step \d+/.test(document.querySelector(".lab-racers .lab-number").textContent));
  await page.locator(".lab-place.is-away.racer-0").waitFor();
  await raced(page);
  await page.getByLabel("Step of the race").fill("1");
  await until(async () => assert.match(await lossOf(page, 0), /^[\d.]+$/));
}, { context: desktop });

pageTest("where the loss is no number the picture is hatched; a program without a loss says so", async ({ page, address }) => {
  await openLab(page, address, "import torch\na = torch.tensor(1.0, requires_grad=True)\nb = torch.tensor(2.0, requires_grad=True)\ny = torch.log(a) + b * b\ny.backward()\n");
  await page.getByText("Hatched: the loss is no finite number").waitFor();
  assert.ok((await page.locator(".lab-field rect").count()) > 5);
  await page.keyboard.press("Escape");
  await page.locator(".graph").waitFor();
  await page.waitForFunction(() => document.activeElement?.textContent === "Optimizer lab");
}, { context: desktop });

pageTest("a network is raced with its parameters, and a training in a function too", async ({ page, address }) => {
  await openLab(page, address, `import torch
from torch import nn
torch.manual_seed(0)
x = torch.linspace(-1, 1, 8).reshape(8, 1)
def train(model, lr):
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    for i in range(10):
        error = ((model(x) - x**2)**2).mean()
        opt.zero_grad()
        error.backward()
        opt.step()
train(nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1)), 0.02)
`);
  await page.locator(".lab-band").nth(4).waitFor();
  assert.match(await page.locator(".lab-picture").getAttribute("aria-label"), /^error as contours over model\.0\.weight\[0, 0\] and/);
  assert.equal(await page.getByLabel("Options of Adam, racer 1").inputValue(), "lr=0.02");
  await raced(page);
  assert.match(await lossOf(page, 0), /^[\d.e−-]+$/);
}, { context: desktop });

for (const [name, viewport, isMobile] of [["a phone", { width: 360, height: 740 }, true], ["a tablet", { width: 820, height: 1180 }, false]]) {
  for (const colorScheme of ["light", "dark"]) {
    pageTest(`on ${name}, ${colorScheme}, the lab fits`, async ({ page, address }) => {
      await openCode(page, address, VALLEY);
      await settled(page);
      if (isMobile) await page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name: "Graph" }).click();
      await page.getByRole("button", { name: "Optimizer lab" }).click();
      await page.locator(".lab-band").nth(4).waitFor();
      await raced(page);
      await page.getByRole("button", { name: "State of SGD, racer 1" }).click();
      await hasNoOverflow(page);
      await page.getByRole("button", { name: "Close the lab" }).click();
      await page.locator(".graph").waitFor();
    }, { context: { viewport, hasTouch: true, isMobile, colorScheme } });
  }
}

pageTest("of a program that diverges the picture shows where it began, not where it went", async ({ page, address }) => {
  await openLab(page, address, `import torch
w = torch.tensor([-1.0, 2.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.06)
for i in range(40):
    loss = (1 - w[0]) ** 2 + 10 * (w[1] - w[0] ** 2) ** 2
    opt.zero_grad()
    loss.backward()
    opt.step()
`);
  await raced(page);
  await settled(page);
  await page.getByText(/diverges at step/).first().waitFor();
  const ticks = await page.locator(".lab-picture text").allTextContents();
  const numbers = ticks.map((text) => Number(text.replace("−", "-"))).filter((value) => !Number.isNaN(value));
  assert.ok(numbers.length > 4 && numbers.every((value) => Math.abs(value) <= 20), ticks.join(" "));
}, { context: desktop });
