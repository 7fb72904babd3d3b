// Where the keyboard stands is never lost: when what has the focus goes away (a button that did its work, a panel that closed), the nearest
// that is left takes it. Only for those who came by keys: a finger wants no keyboard to come up.

/** So many neighbours are remembered, to each side. */
const NEIGHBOURS = 12;
const FOCUSABLE = 'a[href], button:enabled, input:enabled, select:enabled, textarea:enabled, summary, [tabindex="0"], [contenteditable="true"]';

interface Place {
  element: HTMLElement;
  name: string;
  /** What it stands in, from within. */
  around: Element[];
  /** The nearest first. */
  beside: HTMLElement[];
}

const nameOf = (element: Element) => element.getAttribute("aria-label") ?? element.textContent ?? "";
const isSeen = (element: Element) => element.isConnected && element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";

function placeOf(element: HTMLElement): Place {
  const around: Element[] = [];
  for (let outer = element.parentElement; outer; outer = outer.parentElement) around.push(outer);
  const all = [...document.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const at = all.indexOf(element);
  const beside: HTMLElement[] = [];
  for (let step = 1; at >= 0 && step <= NEIGHBOURS; step++) beside.push(...[all[at + step], all[at - step]].filter((one) => one !== undefined));
  return { element, name: nameOf(element), around, beside };
}

/** What takes the focus of something that is gone: the same once more, or what stood beside it in the innermost of its surroundings that is left. */
function heirOf({ element, name, around, beside }: Place): HTMLElement | undefined {
  if (isSeen(element)) return element;
  const left = around.filter((outer) => outer.isConnected && outer !== document.documentElement);
  const again = [...(left[0]?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])].find((one) => nameOf(one) === name && isSeen(one));
  if (again) return again;
  for (const outer of left) {
    const heir = beside.find((one) => outer.contains(one) && isSeen(one)) ?? (outer === document.body ? undefined : [...outer.querySelectorAll<HTMLElement>(FOCUSABLE)].find(isSeen));
    if (heir) return heir;
  }
  return document.getElementById("document") ?? undefined;
}

/** From the first key on, as long as the page is there. */
export function keepFocus(): void {
  const now = document.activeElement;
  let place: Place | null = now instanceof HTMLElement && now !== document.body ? placeOf(now) : null;
  let byKeys = true;
  const look = () => {
    const lost = place;
    if (!lost || document.activeElement !== document.body || document.querySelector("dialog[open]")) return;
    place = null;
    // Whoever took it away may give it to something else yet.
    requestAnimationFrame(() => document.activeElement === document.body && heirOf(lost)?.focus());
  };
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  addEventListener("keydown", () => (byKeys = true), true);
  addEventListener("pointerdown", () => ((byKeys = false), (place = null)), true);
  addEventListener("focusin", ({ target }) => (place = byKeys && target instanceof HTMLElement ? placeOf(target) : null));
}
