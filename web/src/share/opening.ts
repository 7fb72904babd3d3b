// Which document the page opens with: the one in the link's fragment, else the one that was open last, else the lesson.
import { signal } from "@preact/signals";
import { openLast, openLink } from "../document/store.ts";
import { BrokenLink, fromFragment } from "./link.ts";

/** Why the link of this page could not be opened. */
export const brokenLink = signal<string | null>(null);

export async function openFirst(): Promise<void> {
  if (!(await openFragment())) await openLast();
}

/** The own document again, and an address without a fragment. */
export function leaveLink(): void {
  history.replaceState(null, "", location.pathname + location.search);
  brokenLink.value = null;
}

async function openFragment(): Promise<boolean> {
  const fragment = location.hash.slice(1);
  if (!fragment) return false;
  try {
    openLink(fragment, await fromFragment(fragment));
    brokenLink.value = null;
    return true;
  } catch (error) {
    if (!(error instanceof BrokenLink)) throw error;
    brokenLink.value = error.message;
    return false;
  }
}

/** A link pasted into the address bar of an open page changes only the fragment. */
export function followFragment(): void {
  addEventListener("hashchange", () => void openFragment());
}
