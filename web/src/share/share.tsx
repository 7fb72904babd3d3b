// The Share button. What it opens, the link and what else can be handed on, is loaded when it is first pressed.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../shell/icons.tsx";
import { Late } from "../shell/late.tsx";

const isOpen = signal(false);

const loadPanel = () => import("./share-panel.tsx").then(({ SharePanel }) => SharePanel);

export function ShareButton() {
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

  return (
    <div class="share" ref={host}>
      <button class="main-button" ref={button} aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
        <Icon name="share" /> Share
      </button>
      {isOpen.value && <Late load={loadPanel} />}
    </div>
  );
}
