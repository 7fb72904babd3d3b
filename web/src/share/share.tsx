// The Share button: the link to this very document, copied, with its length said, and shown so that it can be copied by hand.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { documentNow } from "../document/store.ts";
import { Icon } from "../shell/icons.tsx";
import { toFragment } from "./link.ts";

const shared = signal<{ address: string; copied: boolean } | null>(null);

async function share(): Promise<void> {
  const fragment = await toFragment(documentNow.peek());
  const address = new URL(`#${fragment}`, location.href).href;
  let copied = false;
  try {
    await navigator.clipboard.writeText(address);
    copied = true;
  } catch {
    // No permission: the field below is selected instead.
  }
  shared.value = { address, copied };
}

export function ShareButton() {
  const field = useRef<HTMLInputElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const now = shared.value;

  useEffect(() => {
    if (!now) return;
    field.current?.select();
    const close = (event: Event) => {
      if (event instanceof KeyboardEvent ? event.key === "Escape" : !panel.current?.contains(event.target as Node)) {
        if (event instanceof KeyboardEvent) button.current?.focus();
        shared.value = null;
      }
    };
    addEventListener("keydown", close);
    addEventListener("pointerdown", close);
    return () => {
      removeEventListener("keydown", close);
      removeEventListener("pointerdown", close);
    };
  }, [now]);

  return (
    <div class="share" ref={panel}>
      <button class="main-button" ref={button} onClick={share}>
        <Icon name="share" /> Share
      </button>
      {now && (
        <div class="popover share-panel" role="dialog" aria-label="Share">
          <p class="popover-title" role="status">
            {now.copied ? "Link copied" : "Copy this link"}
          </p>
          <input ref={field} readOnly value={now.address} aria-label="Link" />
          <p class="popover-note">
            The whole document is in the link: {now.address.length.toLocaleString("en")} characters. It needs no server.
          </p>
        </div>
      )}
    </div>
  );
}
