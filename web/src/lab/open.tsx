// The way into the optimizer lab: a button that is there once the program has a loss. The lab itself is loaded when it is opened.
import { effect, signal } from "@preact/signals";
import { tab } from "../shell/tab.ts";
import { shownRun } from "../worker/session.ts";

export const labIsOpen = signal(false);

// Where there is room for one pane only, the values are one without the lab.
effect(() => {
  if (tab.value === "values") labIsOpen.value = false;
});

export function LabButton() {
  const passes = shownRun.value?.trace.passes ?? [];
  if (!passes.length) return null;
  return (
    <button class="quiet-button small-button lab-button" onClick={() => (labIsOpen.value = true)}>
      Optimizer lab
    </button>
  );
}

export const loadLab = () => import("./lab.tsx").then(({ Lab }) => Lab);
