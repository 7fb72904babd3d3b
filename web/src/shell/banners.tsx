// What stands above the document when something about it needs saying: a shared or broken link, a document that was not run, an engine
// that broke down. And the short notices in the top bar.
import type { ComponentChildren } from "preact";
import { savedDocuments } from "../document/storage.ts";
import { open, openSaved, startOver } from "../document/store.ts";
import { isEmbedded } from "../share/embed.ts";
import { brokenLink, leaveLink } from "../share/opening.ts";
import { failure, runNow, runState } from "../worker/session.ts";
import { Icon } from "./icons.tsx";
import { dismiss, goOn, notice, stay } from "./notice.ts";

export function Banners() {
  return (
    <>
      {brokenLink.value !== null && (
        <Banner actions={<Action label="Dismiss" act={leaveLink} />}>
          This link cannot be opened: {brokenLink.value}. Your own work is below, unchanged.
        </Banner>
      )}
      {open.value.origin.kind === "link" && !isEmbedded && <SharedBanner />}
      {runState.value === "held" && (
        <Banner actions={<Action label="Run it" act={runNow} />}>
          This document did not finish when the page was last open, so it was not run. Edit it, or run it as it is.
        </Banner>
      )}
      {runState.value === "broken" && (
        <Banner actions={<Action label="Run again" act={runNow} />}>
          The engine stopped: {failure.value}. What you wrote is safe. It runs again with the next edit.
        </Banner>
      )}
    </>
  );
}

function SharedBanner() {
  const mine = savedDocuments().find(({ origin, id }) => origin.kind !== "link" && id !== open.value.id);
  const back = () => {
    leaveLink();
    if (mine) void openSaved(mine.id);
    else void startOver();
  };
  return (
    <Banner actions={<Action label={mine ? "Back to my document" : "Go to the tutorial"} act={back} />}>
      You are looking at a shared document. What you change stays in this browser.
    </Banner>
  );
}

function Banner({ children, actions }: { children: ComponentChildren; actions: ComponentChildren }) {
  return (
    <div class="banner" role="status">
      <p>{children}</p>
      {actions}
    </div>
  );
}

function Action({ label, act }: { label: string; act(): void }) {
  return (
    <button class="quiet-button small-button" onClick={act}>
      {label}
    </button>
  );
}

export function Notices() {
  const now = notice.value;
  return (
    <div class="notices" role="status" aria-live="polite">
      {now && (
        <div class="notice" onPointerEnter={stay} onPointerLeave={goOn} onFocusIn={stay} onFocusOut={goOn}>
          <span>{now.text}</span>
          {now.action && (
            <Action
              label={now.action.label}
              act={() => {
                dismiss();
                now.action!.act();
              }}
            />
          )}
          <button class="icon-button" aria-label="Dismiss" onClick={dismiss}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
