// The page: document, graph and values. Side by side where there is room, else one below the other, and on a phone one at a time.
import { useEffect, useState } from "preact/hooks";
import { Cells } from "../document/cells.tsx";
import { GraphPane } from "../graph/graph.tsx";
import { LessonNav } from "../lessons/lesson-nav.tsx";
import { Readout } from "../readout/readout.tsx";
import { embedClasses } from "../share/embed.ts";
import { acceptDrops } from "../share/files.ts";
import { Banners, Notices } from "./banners.tsx";
import { Header } from "./header.tsx";
import { Sheets } from "./sheets.tsx";
import { tab, type Tab } from "./tab.ts";

const tabs: [Tab, string][] = [
  ["code", "Code"],
  ["graph", "Graph"],
  ["values", "Values"],
];

/** By hand, since the fragment of the address belongs to shared documents. */
function skip(event: Event): void {
  event.preventDefault();
  document.getElementById("document")!.focus();
}

export function App() {
  const [isOver, setOver] = useState(false);
  useEffect(() => acceptDrops(setOver), []);
  return (
    <div class={`app shows-${tab.value} ${embedClasses}`}>
      <a class="skip-link" href="#document" onClick={skip}>
        Skip to the document
      </a>
      <Header />
      <main id="document" class="pane-document" tabindex={-1}>
        <Banners />
        <Cells />
        <LessonNav />
      </main>
      <aside class="side" aria-label="Graph and values">
        <GraphPane />
        <Readout />
      </aside>
      <nav class="tabs" aria-label="Panes">
        {tabs.map(([name, label]) => (
          <button key={name} class={`tab tab-${name}`} aria-current={tab.value === name} onClick={() => (tab.value = name)}>
            {label}
          </button>
        ))}
      </nav>
      <Sheets />
      <Notices />
      {isOver && <div class="drop-target">Drop a .py or .ipynb file to open it</div>}
    </div>
  );
}
