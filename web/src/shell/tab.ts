// Which pane a phone shows. On a tablet "code" and "graph" both mean the graph in the dock.
import { signal } from "@preact/signals";

export type Tab = "code" | "graph" | "values";

export const tab = signal<Tab>("code");
