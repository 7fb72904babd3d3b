// A part of the page whose code is loaded when it is first shown.
import type { FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { during } from "./busy.ts";
import { notify } from "./notice.ts";

export function Late({ load }: { load: () => Promise<FunctionComponent> }) {
  const [Part, setPart] = useState<FunctionComponent | null>(null);
  useEffect(() => {
    let wanted = true;
    during(load()).then(
      (part) => wanted && setPart(() => part),
      () => notify("This part of the page could not be loaded. Is there a network?"),
    );
    return () => void (wanted = false);
  }, [load]);
  return Part && <Part />;
}
