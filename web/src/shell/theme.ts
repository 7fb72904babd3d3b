// Light or dark: what was chosen here, else what the system says.
import { signal } from "@preact/signals";
import { savedTheme, saveTheme } from "../document/storage.ts";

const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const chosen = signal(savedTheme());

/** The one that is not shown now. */
export function otherTheme(): "light" | "dark" {
  const isDark = chosen.value ? chosen.value === "dark" : systemIsDark.matches;
  return isDark ? "light" : "dark";
}

export function toggleTheme(): void {
  const other = otherTheme();
  // Back to what the system says is stored as nothing, so that the page follows the system again.
  const follows = (other === "dark") === systemIsDark.matches;
  document.documentElement.style.colorScheme = follows ? "" : other;
  chosen.value = follows ? null : other;
  saveTheme(chosen.value);
}
