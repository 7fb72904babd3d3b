// Pictures of the page: how they are taken, kept and compared. Kept as small WebP files in kept/. Two are alike when their blocks have
// the same mean colours, give or take what another machine's font rendering does; a shift by one pixel is forgiven.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const WIDTHS = [
  { width: 1440, height: 900, scale: 0.5 },
  { width: 820, height: 1180, scale: 0.5 },
  { width: 360, height: 740, scale: 0.75 },
];
const THEMES = ["light", "dark"];

const KEPT = fileURLToPath(new URL("kept/", import.meta.url));
const DIFFERENCES = fileURLToPath(new URL("../../../build/golden/", import.meta.url));
const QUALITY = 0.45;

/** A block of so many pixels of the kept picture is compared as a whole. */
const BLOCK = 8;
/** Of 255: how far the mean colour of a block may be off. */
const OFF = 16;
/** Of all blocks: how many may be. */
export const TOLERANCE = 0.006;

/**
 * What changes by itself: times, carets, and how many programs there are. And formulas: they are set in a mathematical font of the machine, or in what
 * stands in for one, so only their places are kept.
 */
const STILL = `
  *, *::before, *::after { animation: none !important; transition: none !important; caret-color: transparent !important; scroll-behavior: auto !important; }
  .run-line, .cm-cursorLayer { visibility: hidden !important; }
  ::placeholder { color: transparent !important; }
  math { display: inline-block !important; width: 3em !important; height: 1.4em !important; overflow: hidden !important; visibility: hidden !important; }
  math[display="block"] { display: block !important; width: 100% !important; height: 3em !important; }
  ::-webkit-scrollbar { display: none; }
`;

export const nameOfFile = (name) => `${name.replaceAll(" ", "-")}.webp`;
const fileOf = (name) => KEPT + nameOfFile(name);

const widthsOf = ({ widths }) => WIDTHS.filter(({ width }) => !widths || widths.includes(width));

/** The names of a state's pictures. */
export const namesOf = (state) => widthsOf(state).flatMap(({ width }) => THEMES.map((theme) => `${state.name} ${width} ${theme}`));

/** Every width and theme of a state, as `{ name, png, scale }`, once the page holds still. */
export async function* shotsOf(page, address, state) {
  const { name, open, look } = state;
  await page.emulateMedia({ reducedMotion: "reduce", colorScheme: THEMES[0] });
  await page.setViewportSize({ width: WIDTHS[0].width, height: WIDTHS[0].height });
  await open(page, address);
  await page.addStyleTag({ content: STILL });
  await page.evaluate(() => document.fonts.ready);
  for (const { width, height, scale } of widthsOf(state)) {
    await page.setViewportSize({ width, height });
    await page.mouse.move(width - 1, height - 1);
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ reducedMotion: "reduce", colorScheme });
      await look(page);
      yield { name: `${name} ${width} ${colorScheme}`, png: await still(page), scale };
    }
  }
}

/** A picture that is the same twice in a row. */
async function still(page) {
  let last = await page.screenshot();
  for (let tries = 0; tries < 50; tries++) {
    await page.waitForTimeout(200);
    const next = await page.screenshot();
    if (next.equals(last)) return next;
    last = next;
  }
  throw new Error("the page does not hold still");
}

/** Compares a picture with the kept one: the share of blocks that are off, 1 where none is kept. A picture that is too far off is left in build/golden. */
export async function compare(page, { name, png, scale }) {
  const file = fileOf(name);
  if (!existsSync(file)) return { name, off: 1, why: "none is kept" };
  const { off, difference } = await page.evaluate(compareInPage, {
    ...{ kept: readFileSync(file).toString("base64"), now: png.toString("base64") },
    ...{ scale, block: BLOCK, most: OFF },
  });
  if (off > TOLERANCE) {
    mkdirSync(DIFFERENCES, { recursive: true });
    const path = `${DIFFERENCES}${name.replaceAll(" ", "-")}.png`;
    writeFileSync(path, Buffer.from(difference, "base64"));
    return { name, off, why: `${(off * 100).toFixed(1)} % of it is not as kept: see ${path}` };
  }
  return { name, off, why: "" };
}

/** Keeps a picture. */
export async function keep(page, { name, png, scale }) {
  mkdirSync(KEPT, { recursive: true });
  const webp = await page.evaluate(
    async ([png, scale, quality]) => {
      const image = new Image();
      image.src = `data:image/png;base64,${png}`;
      await image.decode();
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [image.width * scale, image.height * scale].map(Math.round);
      const context = canvas.getContext("2d");
      context.imageSmoothingQuality = "high";
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      return canvas.toDataURL("image/webp", quality).split(",")[1];
    },
    [png.toString("base64"), scale, QUALITY],
  );
  writeFileSync(fileOf(name), Buffer.from(webp, "base64"));
}

/** Runs in a page: canvases decode, shrink and show the difference. */
async function compareInPage({ kept, now, scale, block, most }) {
  const imageOf = async (kind, text) => {
    const image = new Image();
    image.src = `data:image/${kind};base64,${text}`;
    await image.decode();
    return image;
  };
  const [before, after] = [await imageOf("webp", kept), await imageOf("png", now)];
  const [width, height] = [after.width * scale, after.height * scale].map(Math.round);
  const drawn = (image) => {
    const canvas = new OffscreenCanvas(width, height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.imageSmoothingQuality = "high";
    context.drawImage(image, 0, 0, width, height);
    return { canvas, data: context.getImageData(0, 0, width, height).data };
  };
  const [a, b] = [drawn(before), drawn(after)];
  const mean = (data, left, top) => {
    const sum = [0, 0, 0];
    let count = 0;
    for (let y = Math.max(0, top); y < Math.min(height, top + block); y++) {
      for (let x = Math.max(0, left); x < Math.min(width, left + block); x++, count++) {
        for (let c = 0; c < 3; c++) sum[c] += data[4 * (y * width + x) + c];
      }
    }
    return sum.map((value) => value / count);
  };
  const off = [];
  let count = 0;
  for (let top = 0; top < height; top += block) {
    for (let left = 0; left < width; left += block, count++) {
      const now = mean(b.data, left, top);
      let least = Infinity;
      for (let dy = -1; dy <= 1 && least > most; dy++) {
        for (let dx = -1; dx <= 1 && least > most; dx++) {
          const then = mean(a.data, left + dx, top + dy);
          least = Math.min(least, Math.max(...then.map((value, c) => Math.abs(value - now[c]))));
        }
      }
      if (least > most) off.push([left, top]);
    }
  }
  const sheet = document.createElement("canvas");
  [sheet.width, sheet.height] = [2 * width + 8, height];
  const context = sheet.getContext("2d");
  context.drawImage(a.canvas, 0, 0);
  context.drawImage(b.canvas, width + 8, 0);
  context.strokeStyle = "#f0f";
  for (const [left, top] of off) context.strokeRect(width + 8 + left + 0.5, top + 0.5, block - 1, block - 1);
  return { off: off.length / count, difference: sheet.toDataURL("image/png").split(",")[1] };
}
