// One short message at a time at the foot of the page, with at most one thing to do about it.
import { signal } from "@preact/signals";

export interface Notice {
  text: string;
  action?: { label: string; act(): void };
}

export const notice = signal<Notice | null>(null);

const SHOWN_MS = 8_000;
let timer: ReturnType<typeof setTimeout> | undefined;

export function notify(text: string, action?: Notice["action"]): void {
  clearTimeout(timer);
  notice.value = { text, action };
  timer = setTimeout(dismiss, SHOWN_MS);
}

export function dismiss(): void {
  clearTimeout(timer);
  notice.value = null;
}
