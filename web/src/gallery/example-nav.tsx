// Below an example: the way to the ones before and after it in the gallery, which is loaded for that.
import { useEffect, useState } from "preact/hooks";
import { open, openExample } from "../document/store.ts";
import { during } from "../shell/busy.ts";
import type { Program } from "./programs.ts";

type Neighbours = [before: Program | undefined, after: Program | undefined];

export function ExampleNav() {
  const { origin } = open.value;
  const path = origin.kind === "example" ? origin.example : null;
  const [neighbours, setNeighbours] = useState<Neighbours>([undefined, undefined]);
  useEffect(() => {
    if (path === null) return;
    let wanted = true;
    during(import("./programs.ts")).then(
      ({ neighbour }) => wanted && setNeighbours([neighbour(path, -1), neighbour(path, 1)]),
      () => {}, // offline: the gallery says so when it is opened
    );
    return () => void (wanted = false);
  }, [path]);
  if (path === null) return null;
  const link = (program: Program | undefined, word: string, kind: string) =>
    program && (
      <button class={`lesson-link ${kind}`} onClick={() => void openExample(program.path).then(() => scrollTo({ top: 0 }))}>
        <small>{word}</small>
        <span class="example-title">{program.title}</span>
      </button>
    );
  return (
    <nav class="lesson-nav" aria-label="Examples">
      {link(neighbours[0], "Before", "is-before")}
      {link(neighbours[1], "Next example", "is-next")}
    </nav>
  );
}
