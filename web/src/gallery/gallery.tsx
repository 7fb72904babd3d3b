// The gallery: short programs to open and change, some to begin with and below them all. What was open stays saved, and one press away.
import { signal } from "@preact/signals";
import { openExample } from "../document/store.ts";
import { leaveLink } from "../share/opening.ts";
import { closeSheet, Sheet, SheetSearch } from "../shell/sheets.tsx";
import "../shell/sheets.css";
import { pictures } from "virtual:pictures";
import { chosen, type Group, groups, type Program } from "./programs.ts";
import "./gallery.css";

const wanted = signal("");
const count = groups.reduce((sum, { programs }) => sum + programs.length, 0);

export function Gallery() {
  const search = <SheetSearch placeholder={`Search ${count} programs`} label="Search the examples" wanted={wanted} />;
  return (
    <Sheet title="Examples" tools={search}>
      <Groups />
    </Sheet>
  );
}

function found(): Group[] {
  const words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = ({ title, about, source }: Program) => {
    const text = `${title}\n${about}\n${source}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  return groups.map(({ title, programs }) => ({ title, programs: programs.filter(fits) })).filter(({ programs }) => programs.length > 0);
}

function show(program: Program): void {
  closeSheet();
  leaveLink();
  void openExample(program.path);
}

function Groups() {
  if (wanted.value.trim()) return <Found />;
  return (
    <>
      {chosen.map(({ title, programs }) => (
        <section key={title} class="gallery-group sheet-group">
          <h3>{title}</h3>
          <Programs list={programs} isPictured />
        </section>
      ))}
      <section class="gallery-all">
        <h3>All {count} programs</h3>
        <p>Each is a test too: it does here, to the letter, what PyTorch does.</p>
        {groups.map(({ title, programs }) => (
          <details key={title}>
            <summary>
              {title} <small>{programs.length}</small>
            </summary>
            <Programs list={programs} />
          </details>
        ))}
      </section>
    </>
  );
}

function Found() {
  const list = found();
  const count = list.reduce((sum, { programs }) => sum + programs.length, 0);
  return (
    <>
      <p class={count ? "visually-hidden" : "gallery-empty"} role="status">
        {count === 0 ? "No program has that in it." : `${count} ${count === 1 ? "program" : "programs"}`}
      </p>
      {list.map(({ title, programs }) => (
        <section key={title} class="gallery-group sheet-group">
          <h3>{title}</h3>
          <Programs list={programs} />
        </section>
      ))}
    </>
  );
}

function Programs({ list, isPictured = false }: { list: Program[]; isPictured?: boolean }) {
  return (
    <ul class={isPictured ? "is-pictured" : ""}>
      {list.map((program) => (
        <li key={program.path}>
          <button class="gallery-item" onClick={() => show(program)}>
            {isPictured && <span class="gallery-picture" aria-hidden="true" dangerouslySetInnerHTML={{ __html: pictures[program.path]! }} />}
            <span class="gallery-name">{program.title}</span>
            <span class="gallery-about">{program.about}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
