// Printed text as a terminal shows it: a carriage return writes over its line (progress bars), and the sequence with which
// IPython's clear_output() clears takes away what came before.
const CLEAR = "\x1b[2K\r";

export function asShown(text: string): string {
  const cleared = text.lastIndexOf(CLEAR);
  if (cleared >= 0) text = text.slice(cleared + CLEAR.length);
  if (!text.includes("\r")) return text;
  return text.split("\n").map(overwritten).join("\n");
}

/** One line with carriage returns: each piece covers the beginning of the one before. */
function overwritten(line: string): string {
  let shown = "";
  for (const piece of line.split("\r")) {
    const length = [...piece].length;
    shown = piece + [...shown].slice(length).join("");
  }
  return shown.trimEnd();
}
