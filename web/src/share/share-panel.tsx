// What can be handed on: the link to this very document, copied at once, with its length said; the same as a QR code; a frame for another
// page; a file.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { documentNow } from "../document/store.ts";
import { exportAs } from "./files.ts";
import { excessOf, toFragment } from "./link.ts";
import { canExportPage, exportPage } from "./offline-page.ts";
import "./share-panel.css";
import { qrPath } from "./qr.ts";
import { viewNow } from "./view.ts";

type Section = "qr" | "embed" | "file";

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false; // no permission: the field is selected instead
  }
}

const base = () => new URL(location.pathname, location.href);

const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export function SharePanel() {
  const document = documentNow.value;
  const excess = useMemo(() => excessOf({ document, view: {} }), [document]);
  if (!excess) return <SharedLink />;
  return (
    <div class="popover share-panel" role="dialog" aria-label="Share">
      <p class="popover-title" role="status">
        Too large for a link
      </p>
      <p class="popover-note">
        A link holds the whole document, and may hold {megabytes(excess.most)}. This one has {megabytes(excess.bytes)}. Send it as a file, which opens by the menu or when it is dropped on the page:
      </p>
      <Files isPage={false} />
    </div>
  );
}

/** Longer links are cut by some programs that send them. */
const LONG = 32_000;

function SharedLink() {
  const document = documentNow.value;
  const shownView = useMemo(viewNow, [document]);
  const [withView, setWithView] = useState(true);
  const hasView = Object.keys(shownView).length > 0;
  const fragment = useMemo(() => toFragment({ document, view: withView ? shownView : {} }), [document, shownView, withView]);
  const address = `${base()}#${fragment}`;
  const [copied, setCopied] = useState<boolean | null>(null);
  const [section, setSection] = useState<Section | null>(null);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    let wanted = true;
    field.current!.focus();
    field.current!.select();
    void copy(address).then((done) => wanted && setCopied(done));
    return () => void (wanted = false);
  }, [address]);

  const tabButton = (name: Section, label: string) => (
    <button class="quiet-button small-button" aria-expanded={section === name} onClick={() => setSection(section === name ? null : name)}>
      {label}
    </button>
  );
  return (
    <div class="popover share-panel" role="dialog" aria-label="Share">
      <p class="popover-title" role="status">
        {copied === null ? "Link" : copied ? "Link copied" : "Copy this link"}
      </p>
      <input ref={field} readOnly value={address} aria-label="Link" />
      <p class="popover-note">
        The whole document is in the link: {address.length.toLocaleString("en")} characters. It needs no server.
        {address.length > LONG && " Some programs cut links that are so long; a file is the surer way."}
      </p>
      {hasView && (
        <label class="share-choice">
          <input type="checkbox" checked={withView} onChange={(event) => setWithView(event.currentTarget.checked)} />
          Open it where I am now
        </label>
      )}
      <div class="share-sections">
        {tabButton("qr", "QR code")}
        {tabButton("embed", "Embed")}
        {tabButton("file", "File")}
      </div>
      {section === "qr" && <QrCode text={address} />}
      {section === "embed" && <Embed fragment={fragment} />}
      {section === "file" && <Files isPage={canExportPage} />}
    </div>
  );
}

function QrCode({ text }: { text: string }) {
  const code = useMemo(() => qrPath(text), [text]);
  if (!code) return <p class="popover-note">This document is too long for a code that a camera can read. Send the link.</p>;
  return (
    <svg class="share-qr" viewBox={`0 0 ${code.size} ${code.size}`} role="img" aria-label="The link as a QR code" shape-rendering="crispEdges">
      <rect width={code.size} height={code.size} fill="#fff" />
      <path d={code.path} fill="#000" />
    </svg>
  );
}

const HIDDEN: [string, string][] = [
  ["graph", "graph"],
  ["values", "values"],
];

function Embed({ fragment }: { fragment: string }) {
  const [readOnly, setReadOnly] = useState(false);
  const [hidden, setHidden] = useState<string[]>([]);
  const [copied, setCopied] = useState(false);
  const query = ["embed", readOnly ? "readonly" : "", hidden.length ? `hide=${hidden.join(",")}` : ""].filter(Boolean).join("&");
  const snippet = `<iframe src="${base()}?${query.replaceAll("&", "&amp;")}#${fragment}" title="nabla" width="100%" height="560" style="border: 0" allow="clipboard-write"></iframe>`;
  const choice = (label: string, checked: boolean, set: (on: boolean) => void) => (
    <label class="share-choice">
      <input
        type="checkbox"
        checked={checked}
        onChange={(event) => {
          setCopied(false);
          set(event.currentTarget.checked);
        }}
      />
      {label}
    </label>
  );
  return (
    <div class="share-section">
      {choice("Read only", readOnly, setReadOnly)}
      {HIDDEN.map(([name, word]) => choice(`Without the ${word}`, hidden.includes(name), (on) => setHidden(on ? [...hidden, name] : hidden.filter((one) => one !== name))))}
      <textarea readOnly rows={4} value={snippet} aria-label="Code for another page" onFocus={(event) => event.currentTarget.select()} />
      <button class="quiet-button small-button" onClick={() => void copy(snippet).then(setCopied)}>
        {copied ? "Copied" : "Copy the code"}
      </button>
    </div>
  );
}

/** `isPage`: a page of its own is offered, too. */
function Files({ isPage }: { isPage: boolean }) {
  return (
    <div class="share-sections">
      {(["py", "ipynb", "md"] as const).map((format) => (
        <button key={format} class="quiet-button small-button" aria-label={`Export as .${format}`} onClick={() => exportAs(format)}>
          .{format}
        </button>
      ))}
      {isPage && (
        <button class="quiet-button small-button" title="One file that works without a network" aria-label="Export as a page of its own, .html" onClick={() => void exportPage()}>
          .html
        </button>
      )}
    </div>
  );
}
