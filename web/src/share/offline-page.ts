// The document as one file that holds the whole page, and opens without a network or a server: offline.html, which the build makes beside
// the page (web/vite.offline.config.ts), with the document's fragment written into its head.
import { documentNow } from "../document/store.ts";
import { notify } from "../shell/notice.ts";
import { download } from "./files.ts";
import { toFragment } from "./link.ts";
import { viewNow } from "./view.ts";

/** Such a file cannot make another one of itself. */
export const canExportPage = location.protocol !== "file:";

export async function exportPage(): Promise<void> {
  const response = await fetch("./offline.html").catch(() => null);
  if (!response?.ok) return notify("The page could not be fetched. Is there a network?");
  const page = await response.text();
  const fragment = toFragment({ document: documentNow.peek(), view: viewNow() });
  download(page.replace("<head>", () => `<head>\n<meta name="nabla-document" content="${fragment}">`), "text/html", "html");
}
