// The page within another page: ?embed in the address, with readonly to keep readers from editing, hide= to leave out panes, and theme=.
// The address decides all of it, so it is read once.

const query = new URLSearchParams(location.search);

export const HIDEABLE = ["graph", "timeline", "values", "run"] as const;

export const isEmbedded = query.has("embed");
export const isReadOnly = isEmbedded && query.has("readonly");

/** Classes for the page's root, which shell/embed.css acts on. */
export const embedClasses = isEmbedded
  ? ["is-embedded", ...(isReadOnly ? ["is-read-only"] : []), ...(query.get("hide") ?? "").split(",").filter((name) => (HIDEABLE as readonly string[]).includes(name)).map((name) => `hides-${name}`)].join(" ")
  : "";

/** The address of the same document in a page of its own. */
export function ownAddress(): string {
  return location.href.replace(location.search, "");
}
