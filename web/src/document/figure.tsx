// A figure among the outputs of a cell. What draws it is loaded with the first one; it is drawn anew when the room for it changes.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Figure } from "../../../wasm/src/figure.ts";
import { during } from "../shell/busy.ts";
import { notify } from "../shell/notice.ts";

export function FigureOutput({ text }: { text: string }) {
  const host = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState(0);
  const figure = useMemo(() => JSON.parse(text) as Figure, [text]);

  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setRoom(Math.floor(entry!.contentRect.width)));
    watch.observe(host.current!);
    return () => watch.disconnect();
  }, []);

  useEffect(() => {
    if (room === 0) return;
    let wanted = true;
    during(import("../../../wasm/src/draw.ts")).then(
      ({ drawFigure }) => {
        if (wanted) host.current!.replaceChildren(drawFigure(figure, { document, width: room }));
      },
      () => notify("What draws figures could not be loaded. Is there a network?"),
    );
    return () => void (wanted = false);
  }, [figure, room]);

  // Until it is drawn it takes the room that it will need, lest the page jump.
  return <div ref={host} class="figure" style={{ minHeight: `${Math.round((Math.min(room || figure.width, figure.width) / figure.width) * figure.height)}px` }} />;
}
