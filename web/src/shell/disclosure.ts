// What a button opens below itself: Escape and a press elsewhere close it.
import type { Signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

/** The refs of the element around both and of the button, to which Escape gives the focus back. */
export function useDisclosure(isOpen: Signal<boolean>) {
  const host = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    const close = (event: Event) => {
      if (!isOpen.peek()) return;
      if (event instanceof KeyboardEvent) {
        if (event.key !== "Escape") return;
        button.current?.focus();
      } else if (host.current?.contains(event.target as Node)) return;
      isOpen.value = false;
    };
    addEventListener("keydown", close);
    addEventListener("pointerdown", close);
    return () => {
      removeEventListener("keydown", close);
      removeEventListener("pointerdown", close);
    };
  }, []);
  return { host, button };
}
