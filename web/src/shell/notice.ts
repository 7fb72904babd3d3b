// One short message at a time in the top bar, with at most one thing to do about it.
import { signal } from "@preact/signals";

export interface Notice {
  text: string;
  action?: { label: string; act(): void };
}

export const notice = signal<Notice | null>(null);

const SHOWN_MS = 8_000;
/** There must be time to find the button. */
const SHOWN_WITH_ACTION_MS = 30_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function notify(text: string, action?: Notice["action"]): void {
  notice.value = { text, action };
  goOn();
}

/** While somebody points at it, or has the keyboard in it, it stays. */
export function stay(): void {
  clearTimeout(timer);
}

export function goOn(): void {
  clearTimeout(timer);
  if (notice.peek()) timer = setTimeout(dismiss, notice.peek()!.action ? SHOWN_WITH_ACTION_MS : SHOWN_MS);
}

export function dismiss(): void {
  clearTimeout(timer);
  notice.value = null;
}
