// Whether the help is open. A question mark opens and closes it, unless something is being typed.
import { signal } from "@preact/signals";

export const helpIsOpen = signal(false);

export function listenForQuestionMark(): void {
  addEventListener("keydown", (event) => {
    const element = event.target as HTMLElement;
    if (event.key !== "?" || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    if (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName) || element.getAttribute("role") === "textbox") return;
    event.preventDefault();
    helpIsOpen.value = !helpIsOpen.value;
  });
}
