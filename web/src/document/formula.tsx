// A formula, typeset as MathML. Those of the lessons were typeset when the page was built; for others KaTeX is loaded, once.
import { useEffect, useState } from "preact/hooks";
import { ready } from "../lessons/list.ts";
import { during } from "../shell/busy.ts";
import type { Formula as Syntax } from "./formula-syntax.ts";

const typeset = new Map<string, string>();

async function typesetLate(key: string, tex: string, display: boolean): Promise<string> {
  const { default: katex } = await import("katex");
  // With `trust` off KaTeX makes no links, classes or images of what strangers write.
  const markup = katex.renderToString(tex, { displayMode: display, output: "mathml", throwOnError: false, trust: false, maxExpand: 200 });
  typeset.set(key, markup);
  return markup;
}

export function Formula({ tex, display }: Omit<Syntax, "raw">) {
  const key = (display ? "D" : "I") + tex;
  const [, redraw] = useState(0);
  const markup = typeset.get(key) ?? ready("formulas", key);

  useEffect(() => {
    if (markup !== undefined) return;
    let wanted = true;
    during(typesetLate(key, tex, display)).then(
      () => wanted && redraw((n) => n + 1),
      () => {}, // offline before KaTeX was loaded: the TeX itself stays
    );
    return () => void (wanted = false);
  }, [key]);

  const Element = display ? "div" : "span";
  if (markup === undefined) return <Element class={display ? "formula formula-display" : "formula"}>{tex}</Element>;
  return <Element class={display ? "formula formula-display" : "formula"} dangerouslySetInnerHTML={{ __html: markup }} />;
}
