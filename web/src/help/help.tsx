// The help: a list of the parts of the screen beside the page, which stays usable. Pointing at an entry rings the part that it is about,
// pointing at a part finds its entry.
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shell/icons.tsx";
import { chapters, type Entry, entryOf } from "./entries.ts";
import "./help.css";
import { helpIsOpen } from "./state.ts";

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

const GAP = 4;

/** Where the first visible part of an entry stands in the window. */
function boxOf(entry: Entry): Box | null {
  for (const part of document.querySelectorAll(entry.part)) {
    const { left, top, width, height, bottom, right } = part.getBoundingClientRect();
    const isSeen = width > 0 && height > 0 && bottom > 0 && top < innerHeight && getComputedStyle(part).visibility !== "hidden";
    if (isSeen) return { left: Math.max(left, GAP) - GAP, top: Math.max(top, GAP) - GAP, width: Math.min(right, innerWidth) - Math.max(left, 0) + 2 * GAP, height: Math.min(bottom, innerHeight) - Math.max(top, 0) + 2 * GAP };
  }
  return null;
}

export function Help() {
  const panel = useRef<HTMLElement>(null);
  const [pointed, setPointed] = useState<Entry | null>(null);
  const [ring, setRing] = useState<Box | null>(null);

  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    const help = panel.current!;
    help.querySelector<HTMLElement>(".help-body")!.focus();
    const point = ({ target }: Event) => {
      if (!(target instanceof Element) || help.contains(target)) return;
      setRing(null);
      const entry = entryOf(target);
      if (entry) setPointed(entry);
    };
    const close = (event: KeyboardEvent) => {
      if (event.key === "Escape" && help.contains(document.activeElement)) helpIsOpen.value = false;
    };
    const forget = ({ target }: Event) => help.contains(target as Node) || setRing(null);
    addEventListener("pointerover", point);
    addEventListener("focusin", point);
    addEventListener("keydown", close);
    addEventListener("scroll", forget, true);
    document.documentElement.classList.add("has-help");
    return () => {
      removeEventListener("pointerover", point);
      removeEventListener("focusin", point);
      removeEventListener("keydown", close);
      removeEventListener("scroll", forget, true);
      document.documentElement.classList.remove("has-help");
      if (help.contains(document.activeElement) || document.activeElement === document.body) before?.focus();
    };
  }, []);

  // What was pointed at on the page comes into view in the list; within the list nothing moves under the pointer.
  useLayoutEffect(() => {
    if (pointed && !ring) panel.current!.querySelector(".is-pointed")?.scrollIntoView({ block: "nearest" });
  }, [pointed]);

  const show = (entry: Entry) => {
    setPointed(entry);
    setRing(boxOf(entry));
  };
  return (
    <aside class="help" ref={panel} aria-labelledby="help-title">
      <div class="help-head">
        <h2 id="help-title">Help</h2>
        <p>Point at anything to read about it.</p>
        <button class="icon-button" aria-label="Close help" title="Close help" onClick={() => (helpIsOpen.value = false)}>
          <Icon name="close" />
        </button>
      </div>
      <div class="help-body" tabindex={0} role="region" aria-label="What everything is for">
        {chapters.map(({ title, entries }) => (
          <section key={title}>
            <h3>{title}</h3>
            {entries.map((entry) => (
              <div key={entry.part} class={`help-entry ${entry === pointed ? "is-pointed" : ""}`} onPointerEnter={() => show(entry)} onPointerLeave={() => setRing(null)}>
                <h4>{entry.title}</h4>
                <p>{entry.text}</p>
                {entry.keys && (
                  <dl>
                    {entry.keys.map(([keys, does]) => (
                      <div key={keys}>
                        <dt>
                          {keys.split(" ").map((key) => (
                            <kbd key={key}>{key}</kbd>
                          ))}
                        </dt>
                        <dd>{does}</dd>
                      </div>
                    ))}
                  </dl>
                )}
              </div>
            ))}
          </section>
        ))}
      </div>
      {ring && <div class="help-ring" aria-hidden="true" style={{ left: `${ring.left}px`, top: `${ring.top}px`, width: `${ring.width}px`, height: `${ring.height}px` }} />}
    </aside>
  );
}
