// The way into the optimizer lab: a button that is there once the program has a loss. The lab itself is loaded when it is opened.
import { signal } from "@preact/signals";
import { shownRun } from "../worker/session.ts";

export const labIsOpen = signal(false);

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
