// A text as a QR code: the dark squares as one SVG path, with the quiet border that readers need.
import qrcode from "qrcode-generator";

/** Beyond this a camera at arm's length no longer tells the squares apart. */
const MOST_CHARACTERS = 1_200;
const BORDER = 4;

export function qrPath(text: string): { path: string; size: number } | null {
  if (text.length > MOST_CHARACTERS) return null;
  const code = qrcode(0, "L");
  code.addData(text);
  code.make();
  const count = code.getModuleCount();
  let path = "";
  for (let row = 0; row < count; row++) {
    for (let column = 0; column < count; column++) {
      if (code.isDark(row, column)) path += `M${column + BORDER} ${row + BORDER}h1v1h-1z`;
    }
  }
  return { path, size: count + 2 * BORDER };
}
