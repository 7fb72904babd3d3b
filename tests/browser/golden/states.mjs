// The states of the page that are kept as pictures: how each is reached, and what of it to bring into view. Nothing in them may depend on
// the time, or on how quick the machine is.
import { readFileSync } from "node:fs";
import { codeCell, openCode, openPage, settled, write } from "../page.mjs";
import { NET } from "../programs.mjs";

const program = (path) => readFileSync(new URL(`../../programs/${path}.py`, import.meta.url), "utf8");

const SCALED = `${NET}scale = torch.tensor(2.0, requires_grad=True)
loss = (net(x) * scale).mean()
loss.backward()
`;

const VALLEY = `import torch
w = torch.tensor([-1.0, 2.0], requires_grad=True)
opt = torch.optim.SGD([w], lr=0.05)
for i in range(20):
    loss = (w[0] - 1)**2 + 4 * w[1]**2
    opt.zero_grad()
    loss.backward()
    opt.step()
`;

const MISTAKE = `import torch
x = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
y = (x ** 2).sum()
y.backward()
print(x.grad)
y.backward()
print("never")
`;

const LONG = ["import torch", "x0 = torch.tensor(1.0, requires_grad=True)", ...Array.from({ length: 120 }, (_, i) => `x${i + 1} = x${i} * 0.99 + x${Math.max(0, i - 6)}.sin()`)].join("\n");

/** On a narrow page one pane is seen at a time. */
const pane = (name) => async (page) => {
  const button = page.getByRole("navigation", { name: "Panes" }).getByRole("button", { name, exact: true });
  if (await button.isVisible()) await button.click();
};

const inView = (selector) => async (page) => {
  await pane("Code")(page);
  await page.locator(selector).first().evaluate((element) => element.scrollIntoView({ block: "start" }));
};

async function openMenu(page, item) {
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: item }).click();
}

async function openRun(page, address, code) {
  await openCode(page, address, code);
  await settled(page);
}

/** `open` reaches the state, `look` brings it into view; that is done again for each width, or each of `widths`. */
export const STATES = [
  { name: "tutorial", open: openPage, look: pane("Code") },
  { name: "values", open: openPage, look: pane("Values"), widths: [820, 360] },
  {
    name: "graph",
    async open(page, address) {
      await openRun(page, address, SCALED);
      await page.getByRole("treeitem", { name: /^scale, leaf/ }).press("Enter");
      await page.locator(".details").first().waitFor();
    },
    look: pane("Graph"),
  },
  {
    name: "large graph",
    async open(page, address) {
      await openRun(page, address, LONG);
      await page.getByRole("button", { name: "Fit" }).click();
      await page.locator(".map-tracked").first().waitFor({ state: "attached" });
    },
    look: pane("Graph"),
  },
  {
    name: "step",
    async open(page, address) {
      await openPage(page, address);
      await page.getByRole("slider", { name: "Step" }).focus();
      await page.keyboard.press("End");
      await page.keyboard.press("ArrowLeft");
      await page.locator(".explain").first().waitFor();
    },
    async look(page) {
      await pane("Graph")(page);
      // The document follows the step; how far it had to scroll depends on what was measured before.
      await page.evaluate(() => [document.scrollingElement, document.getElementById("document")].forEach((one) => one.scrollTo(0, 0)));
    },
  },
  {
    name: "exercise",
    async open(page, address) {
      await openPage(page, address);
      await write(page, 4, "v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nu = v ** 3\n");
      await page.getByText("v.grad is None: no gradient has been kept there.").waitFor();
      await page.locator(".challenge", { hasText: "the vector" }).getByRole("button", { name: "Hint" }).click();
    },
    look: inView(".challenge"),
  },
  {
    name: "check",
    async open(page, address) {
      await openPage(page, address);
      await page.getByLabel("Your formula for d y / d w1").fill("-x**2");
      await page.locator('.check-verdict[aria-busy="false"] .check-words').first().waitFor();
    },
    look: inView(".check"),
  },
  {
    name: "lab",
    async open(page, address) {
      await openRun(page, address, VALLEY);
      await page.getByRole("button", { name: "Optimizer lab" }).click();
      await page.locator(".lab-picture .lab-band").nth(8).waitFor();
      await page.waitForFunction(() => [...document.querySelectorAll(".lab-racers .lab-number")].every((cell) => !cell.textContent.endsWith("…")));
    },
    look: pane("Graph"),
  },
  {
    name: "gallery",
    async open(page, address) {
      await openPage(page, address);
      await openMenu(page, "Examples");
      await page.locator(".gallery-item").first().waitFor();
    },
    look: async () => {},
  },
  {
    name: "figure",
    async open(page, address) {
      await openRun(page, address, program("plots/subplots"));
      await codeCell(page, 0).locator(".figure > svg").first().waitFor();
    },
    look: inView(".figure"),
  },
  { name: "error", open: (page, address) => openRun(page, address, MISTAKE), look: pane("Code") },
  { name: "training", open: (page, address) => openRun(page, address, program("training/xor")), look: pane("Code") },
];
