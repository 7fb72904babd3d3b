// Code before the editor is there: it looks the same, and remembers where it was clicked, so that the cursor will be there.
import { useEffect } from "preact/hooks";
import { ready } from "../lessons/list.ts";
import { loadEditor } from "./editor-loader.ts";
import { LineValueView } from "./line-value.tsx";
import { lineValues } from "./line-values.ts";
import { clickedAt, wantsFocus } from "./store.ts";

export function StaticCode({ id, source, label }: { id: string; source: string; label: string }) {
  const lines = ready("colouredCode", source);
  const values = new Map(lineValues(id).map((value) => [value.line, value]));
  useEffect(() => {
    if (!lines) loadEditor();
  }, [lines]);
  return (
    <pre
      class="static-code"
      role="textbox"
      tabindex={0}
      aria-multiline
      aria-label={label}
      onFocus={() => (wantsFocus.value = id)}
      onPointerDown={({ clientX: x, clientY: y }) => (clickedAt.value = { x, y })}
    >
      {(lines ?? source.split("\n").map((text): [string, string][] => [[text, ""]])).map((pieces, i) => (
        <div key={i} class="static-line">
          <span class="static-number" aria-hidden="true">
            {i + 1}
          </span>
          {pieces.map(([text, name], j) => (name ? <span key={j} class={name}>{text}</span> : text))}
          {values.has(i + 1) && <LineValueView line={values.get(i + 1)!} />}
          {"\n"}
        </div>
      ))}
    </pre>
  );
}
