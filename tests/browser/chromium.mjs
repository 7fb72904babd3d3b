// The browser of the tests: Chromium without a window.
import { chromium } from "playwright-core";
import { findChromium } from "../../scripts/setup.mjs";

const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--font-render-hinting=none", // in the headless shell: letters where Chromium with a window puts them
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const launch = () => chromium.launch({ executablePath: findChromium(), args: FLAGS });
