// The document: a list of code and Markdown cells, as in a notebook. One code cell of kind "script" is a plain Python file.

export interface Cell {
  kind: "code" | "markdown";
  source: string;
}

export interface Document {
  /** A script echoes nothing, and a syntax error anywhere stops it before it starts (but in a live run: RunOptions.live); a notebook echoes each cell's last expression. */
  kind: "script" | "notebook";
  /** The file name that tracebacks show for a script. */
  name: string;
  cells: Cell[];
}
