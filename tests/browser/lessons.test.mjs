// The lessons: from one to the next without losing what was typed, and challenges that answer while one types.
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { pageTest } from "./harness.mjs";
import { codeCell, drag, hasNoOverflow, isAccessible, openPage, outputsOf, settled, sourceOf, until, write } from "./page.mjs";

const next = (page) => page.getByRole("navigation", { name: "Lessons" }).getByRole("button", { name: /Next lesson/ });

pageTest("an exercise says nothing while its cell is untouched, then what is off, then that it is solved", async ({ page, address }) => {
  await openPage(page, address);
  const exercise = page.locator(".challenge", { hasText: "the vector" });
  await exercise.waitFor();
  await settled(page);
  assert.equal(await page.locator(".challenge-verdict").count(), 0);

  await codeCell(page, 4).locator(".cm-content").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("v = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)\nu = v ** 3\n");
  await exercise.getByText("v.grad is None: no gradient has been kept there.").waitFor();
  assert.equal(await exercise.getByText("takes a tensor of weights").count(), 0, "the hint waits to be asked");
  await exercise.getByRole("button", { name: "Hint" }).click();
  await exercise.getByText("takes a tensor of weights").waitFor();

  await codeCell(page, 4).locator(".cm-content").click();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("u.backward()");
  await exercise.getByText("The program stops here: RuntimeError").waitFor();
  for (let i = 0; i < ")".length; i++) await page.keyboard.press("Backspace");
  await page.keyboard.type("torch.ones(3))");
  await exercise.getByText("Solved", { exact: true }).waitFor();
  await isAccessible(page);

  await page.reload();
  await settled(page);
  await exercise.getByText("Solved", { exact: true }).waitFor();
  await write(page, 4, "v = 1");
  await exercise.getByText("v should be a tensor").waitFor();
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Lessons" }).click();
  const sheet = page.getByRole("dialog", { name: "Lessons" });
  await sheet.getByRole("button", { name: /Backpropagation/ }).getByText("2 of 2 solved").waitFor();
  await isAccessible(page);
});

pageTest("from lesson to lesson: what was typed in one is there when one comes back", async ({ page, address }) => {
  await openPage(page, address);
  await write(page, 4, "print('mine')");
  for (const title of ["Toggling gradient tracking", "Gradient descent and the optimizing process"]) {
    await next(page).click();
    await page.getByRole("heading", { name: title, exact: true }).waitFor();
    assert.equal(await page.title(), `${title} · nabla`);
    await until(async () => assert.equal(await page.evaluate(() => scrollY), 0));
  }
  await page.reload();
  await settled(page);
  assert.equal(await page.title(), "Gradient descent and the optimizing process · nabla", "a lesson that was only read is where one left off, too");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Lessons" }).click();
  await page.getByRole("dialog").getByRole("button", { name: /Backpropagation/ }).click();
  await page.getByRole("heading", { name: "1. Backpropagation" }).waitFor();
  await settled(page);
  assert.equal(await sourceOf(page, 4), "print('mine')");
  assert.deepEqual(await outputsOf(page, 4), [{ kind: "stdout", text: "mine" }]);
});

pageTest("a number that is dragged solves the exercise on the learning rate", async ({ page, address }) => {
  await openPage(page, address);
  await next(page).click();
  await page.getByRole("heading", { name: "Toggling gradient tracking", exact: true }).waitFor();
  await next(page).click();
  await page.getByRole("heading", { name: "Gradient descent and the optimizing process", exact: true }).waitFor();
  await settled(page);
  const cell = codeCell(page, 5);
  const exercise = page.locator(".challenge", { hasText: "Drag the number" });
  await drag(page, cell.locator(".cm-turnable", { hasText: "0.01" }), [[20, 0], [122, 0]], () =>
    exercise.getByText(/final is .*, and should be below 0.0001/).waitFor(),
  );
  await exercise.getByText("Solved", { exact: true }).waitFor();
});

pageTest("a lesson starts over, and what was written in it is one press away", async ({ page, address }) => {
  await openPage(page, address);
  await next(page).click();
  await page.getByRole("heading", { name: "Toggling gradient tracking", exact: true }).waitFor();
  await settled(page);
  await write(page, 3, "mine = 1");
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "Start this lesson over" }).click();
  await page.waitForFunction(() => document.querySelector(".notice")?.textContent.includes("Started this lesson over"));
  await settled(page);
  assert.equal(await sourceOf(page, 3), "score = model(inputs).mean()");
  await page.getByRole("button", { name: "Undo" }).click();
  await settled(page);
  assert.equal(await sourceOf(page, 3), "mine = 1");
});

pageTest("anybody may write an exercise: it is judged in any document, and is nothing but text", async ({ page, address }) => {
  await openPage(page, address);
  await page.evaluate(() => {
    const fence = "```";
    const source = `${fence}challenge mine\nLet \`n\` be two. <img src=x onerror=alert(1)>\n\nexpect n = 2\ndone Two it is.\n${fence}`;
    const document = { kind: "notebook", name: "d", cells: [{ kind: "markdown", source }, { kind: "code", source: "# here" }] };
    localStorage.setItem("nabla.document.own", JSON.stringify({ id: "own", origin: { kind: "file" }, changed: 1, document }));
    localStorage.setItem("nabla.current", "own");
  });
  await page.reload();
  await settled(page);
  const exercise = page.locator(".challenge");
  await exercise.waitFor();
  assert.equal(await page.locator("main img").count(), 0);
  await write(page, 0, "n = 1");
  await exercise.getByText("n is 1, and should be 2.").waitFor();
  await write(page, 0, "n = 2");
  await exercise.getByText("Two it is.").waitFor();
});

const names = readdirSync(new URL("../../web/src/lessons", import.meta.url)).filter((name) => name.endsWith(".md")).map((name) => name.slice(0, -3));

for (const [i, name] of names.entries()) {
  const width = i % 2 ? 820 : 360;
  pageTest(`the lesson ${name} runs, fits ${width} pixels, and can be read by everyone`, async ({ page, address }) => {
    await page.addInitScript((name) => localStorage.setItem("nabla.current", `lesson:${name}`), name);
    await openPage(page, address);
    assert.equal(await page.locator(".run-error").count(), 0);
    await page.locator(".challenge").first().waitFor();
    await hasNoOverflow(page);
    await isAccessible(page);
  }, { context: { viewport: { width, height: 800 }, hasTouch: true } });
}
