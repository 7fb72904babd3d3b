// Which document the page opens with: the one in the link's fragment, else the one that was open last, else the lesson.
import { signal } from "@preact/signals";
import { openLast, openLink } from "../document/store.ts";
import { during } from "../shell/busy.ts";
import { isEmbedded } from "./embed.ts";
import { putView } from "./view.ts";

/** Why the link of this page could not be opened. */
export const brokenLink = signal<string | null>(null);

export async function openFirst(): Promise<void> {
  // Within another page only what its link says is shown, not what is being worked on elsewhere.
  if (!(await openFragment()) && !isEmbedded) await openLast();
}

/** The own document again, and an address without a fragment. */
export function leaveLink(): void {
  history.replaceState(null, "", location.pathname + location.search);
  brokenLink.value = null;
}

async function openFragment(): Promise<boolean> {
  // A page that was exported as a file holds its document itself.
  const fragment = location.hash.slice(1) || document.querySelector<HTMLMetaElement>("meta[name=nabla-document]")?.content;
  if (!fragment) return false;
  const module = await during(import("./link.ts")).catch(() => null);
  if (!module) {
    brokenLink.value = "the part of nabla that reads links could not be loaded; is there a network?";
    return false;
  }
  try {
    const shared = module.fromFragment(fragment);
    putView(shared.view);
    openLink(fragment, shared.document);
    brokenLink.value = null;
    return true;
  } catch (error) {
    if (!(error instanceof module.BrokenLink)) throw error;
    brokenLink.value = error.message;
    return false;
  }
}

/** A link pasted into the address bar of an open page changes only the fragment. */
export function followFragment(): void {
  addEventListener("hashchange", () => void openFragment());
}
