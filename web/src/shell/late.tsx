// A part of the page whose code is loaded when it is first shown, and what may stand in its place until then.
import type { ComponentChildren, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { during } from "./busy.ts";
import { notify } from "./notice.ts";

type Load = () => Promise<FunctionComponent>;

/** Parts that were shown before are there at once. */
const loaded = new Map<Load, FunctionComponent>();

export function Late({ load, meanwhile = null }: { load: Load; meanwhile?: ComponentChildren }) {
  const [Part, setPart] = useState<FunctionComponent | null>(() => loaded.get(load) ?? null);
  useEffect(() => {
    let wanted = true;
    during(load()).then(
      (part) => {
        loaded.set(load, part);
        if (wanted) setPart(() => part);
      },
      () => notify("This part of the page could not be loaded. Is there a network?"),
    );
    return () => void (wanted = false);
  }, [load]);
  return <>{Part ? <Part /> : meanwhile}</>;
}
