// The gallery: short programs in groups, to open and change. What was open stays saved, and one press away.
import { signal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { openFile } from "../document/store.ts";
import { leaveLink } from "../share/opening.ts";
import { Icon } from "../shell/icons.tsx";
import type { Group, Program } from "./programs.ts";
import "./gallery.css";

const groups = signal<Group[] | null>(null);
const isOpen = signal(false);
const wanted = signal("");

export async function openGallery(): Promise<void> {
  wanted.value = "";
  isOpen.value = true;
  groups.value ??= (await import("./programs.ts")).groups;
}

export function Gallery() {
  return isOpen.value ? <Dialog /> : null;
}

function Dialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const count = groups.value?.reduce((sum, { programs }) => sum + programs.length, 0);
  useEffect(() => {
    dialog.current!.showModal();
    field.current!.focus();
  }, []);
  return (
    <dialog
      class="gallery"
      ref={dialog}
      aria-labelledby="gallery-title"
      onClose={() => (isOpen.value = false)}
      onClick={(event) => event.target === event.currentTarget && event.currentTarget.close()}
    >
      <div class="gallery-head">
        <h2 id="gallery-title">Examples</h2>
        <label class="gallery-search">
          <Icon name="search" />
          <input
            ref={field}
            type="search"
            placeholder={count ? `Search ${count} programs` : "Search"}
            aria-label="Search the examples"
            value={wanted.value}
            onInput={(event) => (wanted.value = event.currentTarget.value)}
          />
        </label>
        <button class="icon-button" aria-label="Close" onClick={() => dialog.current!.close()}>
          <Icon name="close" />
        </button>
      </div>
      <div class="gallery-body">
        {groups.value ? <Groups groups={groups.value} close={() => dialog.current!.close()} /> : <p class="gallery-empty">Loading</p>}
      </div>
    </dialog>
  );
}

function Groups({ groups, close }: { groups: Group[]; close: () => void }) {
  const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title, about, source }: Program) => {
    const text = `${title}\n${about}\n${source}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const found = groups.map(({ title, programs }) => ({ title, programs: programs.filter(fits) })).filter(({ programs }) => programs.length > 0);
  if (found.length === 0) return <p class="gallery-empty">No program has that in it.</p>;
  const show = (program: Program) => {
    close();
    leaveLink();
    openFile({ kind: "script", name: program.file, cells: [{ kind: "code", source: program.source }] });
  };
  return (
    <>
      {found.map(({ title, programs }) => (
        <section key={title} class="gallery-group">
          <h3>{title}</h3>
          <ul>
            {programs.map((program) => (
              <li key={program.title}>
                <button class="gallery-item" onClick={() => show(program)}>
                  <span class="gallery-name">{program.title}</span>
                  <span class="gallery-about">{program.about}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}
