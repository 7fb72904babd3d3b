// Programs that ask and programs that take their time: the box for input(), the bar of tqdm, and what IPython.display shows.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { openCode, outputsOf, settled, until, write } from "./page.mjs";

const desktop = { viewport: { width: 1440, height: 900 } };
const field = (page) => page.getByLabel("input() waits for a line");
const startOver = (page) => page.getByRole("button", { name: "Start over" });

/** What cell 0 printed, whole. */
const printed = async (page) => (await outputsOf(page, 0)).map(({ text }) => text).join("");

const ASKS = `name = input("Your name? ")
count = int(input("How many? "))
print("hello " * count + name)
`;

pageTest("input() asks in a box; each line goes on to the next question; Start over takes the lines back", async ({ page, address }) => {
  await openCode(page, address, ASKS);
  await field(page).fill("Ada 🙂");
  await page.keyboard.press("Enter");
  await until(async () => assert.match(await printed(page), /Your name\? .*How many\? /s));
  assert.equal(await field(page).inputValue(), "", "the box is empty for the next line");
  await field(page).fill("2");
  await page.getByRole("button", { name: "Enter", exact: true }).click();
  await until(async () => assert.match(await printed(page), /hello hello Ada 🙂$/));
  await settled(page);
  assert.equal(await field(page).count(), 0);
  await startOver(page).click();
  await field(page).waitFor();
  await until(async () => assert.doesNotMatch(await printed(page), /How many|hello/));
  await settled(page);
  assert.equal(await startOver(page).count(), 0);
}, { context: desktop });

pageTest("a line that the program can't take is told as its error, and can be taken back", async ({ page, address }) => {
  await openCode(page, address, ASKS);
  for (const line of ["Ada", "two"]) {
    await field(page).fill(line);
    await page.keyboard.press("Enter");
    await settled(page);
    if (line === "Ada") await until(async () => assert.match(await printed(page), /How many/));
  }
  await until(async () => assert.match(await printed(page), /ValueError: invalid literal for int\(\) with base 10: 'two'/));
  await startOver(page).click();
  await field(page).waitFor();
}, { context: desktop });

pageTest("an empty line is a line, and another program asks anew", async ({ page, address }) => {
  await openCode(page, address, 'print(repr(input()))\n');
  await field(page).waitFor();
  await field(page).press("Enter");
  await until(async () => assert.match(await printed(page), /''$/));
  await settled(page);
  await write(page, 0, 'lines = [input() for _ in range(2)]\nprint(lines)\n');
  await settled(page);
  await field(page).fill("b");
  await page.keyboard.press("Enter");
  await until(async () => assert.match(await printed(page), /\['', 'b'\]$/));
}, { context: desktop });

pageTest("tqdm draws one bar, as far as the loop came, and prints what the loop prints beside it", async ({ page, address }) => {
  await openCode(page, address, `from tqdm.auto import tqdm
bar = tqdm(total=10, desc="half way")
for i in range(5):
    bar.update()
bar.close()
`);
  await settled(page);
  assert.match(await printed(page), /^half way: {2}50%\|█{5} {5}\| 5\/10 \[[^\]]+\]\s*$/);
  await write(page, 0, `from tqdm import tqdm, trange
total = 0
for x in tqdm([1, 2, 3, 4], desc="adding"):
    total += x
print("total", total)
`);
  await settled(page);
  await until(async () => assert.match(await printed(page), /total 10/));
  const text = await printed(page);
  assert.match(text, /adding: 100%\|█{10}\| 4\/4 \[[^\]]+\]/);
  assert.equal(text.match(/adding:/g).length, 1, "the bar is drawn over itself");
}, { context: desktop });

pageTest("display() shows values and Markdown; clear_output() takes away what was printed", async ({ page, address }) => {
  await openCode(page, address, `from IPython.display import Markdown, clear_output, display
for step in range(3):
    clear_output(wait=True)
    print("step", step)
display([1, 2], Markdown("**bold**"))
`);
  await settled(page);
  assert.equal(await printed(page), "step 2\n[1, 2]\n**bold**");
}, { context: desktop });
