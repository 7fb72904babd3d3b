// The top bar: the name, how the run stands, and the few things to do with the whole document.
import { documentNow } from "../document/store.ts";
import { helpIsOpen } from "../help/state.ts";
import { isEmbedded, ownAddress } from "../share/embed.ts";
import { ShareButton } from "../share/share.tsx";
import { viewNow } from "../share/view.ts";
import { progressOf } from "../worker/progress.ts";
import { resume, run, runNow, runState, runningLong, stop, wantsInput } from "../worker/session.ts";
import { Notices } from "./banners.tsx";
import { Icon } from "./icons.tsx";
import { Menu } from "./menu.tsx";
import { tab } from "./tab.ts";
import { otherTheme, toggleTheme } from "./theme.ts";

export function Header() {
  return (
    <header class="header">
      <h1 class="wordmark">
        <svg viewBox="0 0 20 20" aria-hidden="true">
          <path d="M2.5 4h15L10 17z" />
        </svg>
        nabla
      </h1>
      <RunLine />
      <Notices />
      <div class="header-actions">
        {isEmbedded ? (
          <OpenOwn />
        ) : (
          <>
            <HelpButton />
            <ThemeButton />
            <Menu />
            <ShareButton />
          </>
        )}
      </div>
    </header>
  );
}

/** With what was changed in it: the link is made when it is pressed. */
function OpenOwn() {
  return (
    <a
      class="quiet-button"
      href={ownAddress()}
      target="_blank"
      rel="noopener"
      onClick={async (event) => {
        event.preventDefault();
        const { toFragment } = await import("../share/link.ts");
        window.open(`${ownAddress().split("#")[0]}#${toFragment({ document: documentNow.peek(), view: viewNow() })}`, "_blank", "noopener");
      }}
    >
      Open in nabla
    </a>
  );
}

function RunLine() {
  const state = runState.value;
  const isLong = runningLong.value;
  return (
    <div class={`run-line run-${state === "error" && wantsInput.value ? "asking" : state}`}>
      <span role="status">{words()}</span>
      {isLong && <ProgressWord />}
      {isLong && (
        <button class="quiet-button small-button" onClick={stop}>
          Stop
        </button>
      )}
      {state === "stopped" && (
        <button class="quiet-button small-button" onClick={resume}>
          Go on
        </button>
      )}
      {state === "error" && (
        <button class="quiet-button small-button" onClick={showWhere}>
          Show
        </button>
      )}
      {(state === "held" || state === "broken") && (
        <button class="quiet-button small-button" onClick={runNow}>
          Run
        </button>
      )}
    </div>
  );
}

/** Where a long run stands. */
function ProgressWord() {
  const trace = run.value?.trace;
  if (trace?.status !== "running") return null;
  const { line, round, of } = progressOf(trace);
  return (
    <span class="run-progress">
      {of !== null && <progress max={of} value={round ?? 0} aria-label="Progress of the loop" />}
      <small>
        {round === null ? (line === null ? "" : `line ${line}`) : `round ${round.toLocaleString("en")}${of === null ? "" : ` of ${of.toLocaleString("en")}`}`}
      </small>
    </span>
  );
}

function showWhere(): void {
  tab.value = "code";
  requestAnimationFrame(() => {
    const asked = document.querySelector<HTMLElement>("form.input-box input");
    (asked ?? document.querySelector(".output-error"))?.scrollIntoView({ block: "center" });
    asked?.focus();
  });
}

function words(): string {
  switch (runState.value) {
    case "loading":
      return "Starting";
    case "running":
      return runningLong.value ? "Running" : lastTime();
    case "stopped":
      return "Stopped";
    case "held":
      return "Not run";
    case "broken":
      return "Engine stopped";
    case "error":
      return wantsInput.value ? "Waits for input" : "Error";
    case "done":
      return lastTime();
  }
}

function lastTime(): string {
  if (!run.value) return "Running"; // of this document nothing yet
  const milliseconds = run.value?.milliseconds ?? 0;
  if (milliseconds >= 1000) return `Ran in ${(milliseconds / 1000).toFixed(1)} s`;
  return `Ran in ${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;
}

function HelpButton() {
  const toggle = () => (helpIsOpen.value = !helpIsOpen.value);
  return (
    <button class="icon-button help-button" aria-label="Help" title="Help (?)" aria-expanded={helpIsOpen.value} onClick={toggle}>
      <Icon name="help" />
    </button>
  );
}

function ThemeButton() {
  const other = otherTheme();
  const isDark = other === "light";
  return (
    <button class="icon-button theme-button" aria-label={`Use the ${other} theme`} title={`Use the ${other} theme`} onClick={toggleTheme}>
      <Icon name={isDark ? "sun" : "moon"} />
    </button>
  );
}
