// The menu: lessons, examples and documents; files in and out; the way back to the original; help. A plain disclosure with buttons in it.
import { signal } from "@preact/signals";
import { open, openExample, openNew, startOver } from "../document/store.ts";
import { FIRST } from "../lessons/list.ts";
import { leaveLink } from "../share/opening.ts";
import { useDisclosure } from "./disclosure.ts";
import { Icon } from "./icons.tsx";
import { notify } from "./notice.ts";
import { sheet } from "./sheets.tsx";
import { otherTheme, toggleTheme } from "./theme.ts";

const isOpen = signal(false);

export function Menu() {
  const { host, button } = useDisclosure(isOpen);

  /** The focus goes back to the button, which is where a sheet will give it back to. */
  const act = (work: () => void) => () => {
    isOpen.value = false;
    button.current?.focus();
    work();
  };
  return (
    <div class="menu" ref={host}>
      <button
        class="icon-button"
        ref={button}
        aria-label="Menu"
        title="Menu"
        aria-expanded={isOpen.value}
        onClick={() => (isOpen.value = !isOpen.value)}
      >
        <Icon name="menu" />
      </button>
      {isOpen.value && <Items act={act} />}
    </div>
  );
}

const noNetwork = () => notify("This part of the page could not be loaded. Is there a network?");

function Items({ act }: { act(work: () => void): () => void }) {
  const { origin } = open.value;
  const lesson = origin.kind === "lesson" ? origin.lesson : FIRST;
  const item = (label: string, work: () => void, note = "") => (
    <button class="menu-item" onClick={act(work)}>
      {label} {note && <small>{note}</small>}
    </button>
  );
  return (
    <div class="popover menu-panel">
      {item("Lessons", () => (sheet.value = "lessons"))}
      {item("Examples", () => (sheet.value = "examples"))}
      {item("Documents", () => (sheet.value = "documents"))}
      {item("What nabla knows", () => (sheet.value = "names"))}
      <hr />
      {item("New document", () => {
        leaveLink();
        openNew();
      })}
      {item("Open a file", () => void import("../share/files.ts").then(({ pickFile }) => pickFile(), noNetwork), ".py, .ipynb, .md")}
      <hr />
      {origin.kind === "example"
        ? item("Start this example over", () => void openExample(origin.example))
        : item(lesson === FIRST ? "Start over from the tutorial" : "Start this lesson over", () => {
            leaveLink();
            void startOver(lesson);
          })}
      <div class="menu-narrow">{item(`Use the ${otherTheme()} theme`, toggleTheme)}</div>
    </div>
  );
}
