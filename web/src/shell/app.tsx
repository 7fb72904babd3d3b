// The page: document, graph and values. Side by side where there is room, else one below the other, and on a phone one at a time.
import { useEffect, useState } from "preact/hooks";
import { Cells } from "../document/cells.tsx";
import { ExampleNav } from "../gallery/example-nav.tsx";
import { GraphPane } from "../graph/pane.tsx";
import { helpIsOpen, listenForQuestionMark } from "../help/state.ts";
import { LessonNav } from "../lessons/lesson-nav.tsx";
import { labIsOpen, loadLab } from "../lab/open.tsx";
import { Readout } from "../readout/readout.tsx";
import { embedClasses } from "../share/embed.ts";
import { Banners } from "./banners.tsx";
import { Divider, sharesAsStyle } from "./divider.tsx";
import { Header } from "./header.tsx";
import { Late } from "./late.tsx";
import { Sheets } from "./sheets.tsx";
import { tab, type Tab } from "./tab.ts";
import { hasTime } from "./up.ts";

const tabs: [Tab, string][] = [
  ["code", "Code"],
  ["graph", "Graph"],
  ["values", "Values"],
];

const loadHelp = () => import("../help/help.tsx").then(({ Help }) => Help);

/** By hand, since the fragment of the address belongs to shared documents. */
function skip(event: Event, to: "document" | "graph"): void {
  event.preventDefault();
  tab.value = to === "graph" ? "graph" : "code";
  requestAnimationFrame(() => document.getElementById(to)!.focus());
}

/** Nobody's focus is lost before the first key. */
function keepFocusByKeys(): void {
  addEventListener("keydown", () => void import("./focus.ts").then(({ keepFocus }) => keepFocus(), () => {}), { once: true, capture: true });
}

/** Files may be dropped and pasted once somebody is there. */
function acceptFiles(onOver: (over: boolean) => void): void {
  const signs = ["pointermove", "pointerdown", "keydown", "dragenter"];
  const load = () => {
    for (const sign of signs) removeEventListener(sign, load, true);
    import("../share/files.ts").then(({ acceptDrops, acceptPastes }) => (acceptDrops(onOver), acceptPastes()), () => {});
  };
  for (const sign of signs) addEventListener(sign, load, true);
}

/** What the system's own colours ask for is loaded for those who have them. */
function followContrast(): void {
  const forced = matchMedia("(forced-colors: active)");
  const load = () => void (forced.matches && import("../styles/contrast.css"));
  forced.addEventListener("change", load);
  load();
}

/** Where to go on after the document. */
function Below() {
  if (!hasTime.value) return null;
  return (
    <>
      <LessonNav />
      <ExampleNav />
    </>
  );
}

export function App() {
  const [isOver, setOver] = useState(false);
  useEffect(() => acceptFiles(setOver), []);
  useEffect(listenForQuestionMark, []);
  useEffect(keepFocusByKeys, []);
  useEffect(followContrast, []);
  return (
    <div class={`app shows-${tab.value} ${embedClasses}`} style={sharesAsStyle()}>
      <a class="skip-link" href="#document" onClick={(event) => skip(event, "document")}>
        Skip to the document
      </a>
      <a class="skip-link" href="#graph" onClick={(event) => skip(event, "graph")}>
        Skip to the graph
      </a>
      <Header />
      <main id="document" class="pane-document" tabindex={-1}>
        <Banners />
        <Cells />
        <Below />
      </main>
      <aside id="graph" class="side" aria-label="Graph and values" tabindex={-1}>
        <Divider name="document" />
        <Divider name="dock" />
        {labIsOpen.value ? (
          <Late load={loadLab} />
        ) : (
          <>
            <GraphPane />
            <Divider name="values" />
            <Readout />
          </>
        )}
      </aside>
      <nav class="tabs" aria-label="Panes">
        {tabs.map(([name, label]) => (
          <button key={name} class={`tab tab-${name}`} aria-current={tab.value === name} onClick={() => (tab.value = name)}>
            {label}
          </button>
        ))}
      </nav>
      <Sheets />
      {helpIsOpen.value && <Late load={loadHelp} />}
      {isOver && <div class="drop-target">Drop a .py, .ipynb or .md file to open it</div>}
    </div>
  );
}
