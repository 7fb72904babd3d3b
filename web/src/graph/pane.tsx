// Where the graph will be: its code, most of which lays out and draws, is fetched while the first results are drawn, and comes after them.
import { useLayoutEffect } from "preact/hooks";
import { LabButton } from "../lab/open.tsx";
import { Late } from "../shell/late.tsx";
import { isUp } from "../shell/up.ts";
import { shownRun } from "../worker/session.ts";

const loadGraph = () => import("./graph.tsx").then(({ GraphPane }) => GraphPane);

export function GraphPane() {
  return isUp.value ? <Late load={loadGraph} meanwhile={<Frame />} /> : <Frame />;
}

function Frame() {
  const isAwaited = shownRun.value !== null;
  useLayoutEffect(() => {
    if (isAwaited) loadGraph().catch(() => {}); // Late says so
  }, [isAwaited]);
  return (
    <section class="graph-pane" aria-labelledby="graph-title" aria-busy={isAwaited}>
      <div class="pane-bar">
        <h2 id="graph-title">Graph</h2>
        <LabButton />
      </div>
      <p class="graph-empty" />
    </section>
  );
}
