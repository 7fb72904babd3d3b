// The menu: the examples, files in and out, other documents, the way back to the tutorial, the theme. A plain disclosure with buttons in it.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { savedDocuments } from "../document/storage.ts";
import { open, openSaved, startOver, titleOf } from "../document/store.ts";
import { openGallery } from "../gallery/gallery.tsx";
import { exportAs, pickFile } from "../share/files.ts";
import { leaveLink } from "../share/opening.ts";
import { Icon } from "./icons.tsx";

const isOpen = signal(false);

/** Documents listed; more are kept. */
const LISTED = 6;

export function Menu() {
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
    <div class="menu" ref={host}>
      <button
        class="icon-button"
        ref={button}
        aria-label="Menu"
        title="Menu"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name="menu" />
      </button>
      {isOpen.value && <Items />}
    </div>
  );
}

function Items() {
  const act = (work: () => void) => () => {
    isOpen.value = false;
    work();
  };
  const others = savedDocuments().filter(({ id }) => id !== open.value.id);
  return (
    <div class="popover menu-panel">
      <button class="menu-item" onClick={act(() => void openGallery())}>
        Examples
      </button>
      <button class="menu-item" onClick={act(pickFile)}>
        Open a file <small>.py, .ipynb</small>
      </button>
      <button class="menu-item" onClick={act(() => exportAs("py"))}>
        Export as .py
      </button>
      <button class="menu-item" onClick={act(() => exportAs("ipynb"))}>
        Export as .ipynb
      </button>
      <hr />
      <button
        class="menu-item"
        onClick={act(() => {
          leaveLink();
          startOver();
        })}
      >
        Start over from the tutorial
      </button>
      {others.length > 0 && (
        <>
          <p class="menu-heading">Kept in this browser</p>
          {others.slice(0, LISTED).map((saved) => (
            <button
              key={saved.id}
              class="menu-item"
              onClick={act(() => {
                leaveLink();
                openSaved(saved.id);
              })}
            >
              <span class="menu-title">{titleOf(saved.document)}</span>
              <small>{ago(saved.changed)}</small>
            </button>
          ))}
        </>
      )}
    </div>
  );
}

function ago(time: number): string {
  const minutes = Math.round((Date.now() - time) / 60_000);
  if (minutes < 1) return "just now";
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.round(minutes / 60)} h ago`;
  return `${Math.round(minutes / 60 / 24)} days ago`;
}
