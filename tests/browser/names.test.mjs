// "What nabla knows": PyTorch's names, searched.
import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { openPage, until } from "./page.mjs";

pageTest("the menu opens the names of PyTorch, and a word finds some", async ({ page, address }) => {
  await openPage(page, address);
  await page.getByRole("button", { name: "Menu" }).click();
  await page.getByRole("button", { name: "What nabla knows" }).click();
  const sheet = page.getByRole("dialog", { name: "What nabla knows" });
  await sheet.getByRole("searchbox").fill("torch.sigmoid");
  await until(async () => assert.deepEqual(await sheet.locator(".names-place .name").allTextContents(), ["sigmoid", "sigmoid_"]));
  assert.equal(await sheet.locator(".names-place .name.is-no").count(), 0);
  await sheet.getByRole("searchbox").fill("torch.fft");
  await sheet.locator(".names-place .name.is-no").first().waitFor();
  await sheet.getByRole("searchbox").fill("no such thing");
  await sheet.getByText("PyTorch has no such name.").waitFor();
});
