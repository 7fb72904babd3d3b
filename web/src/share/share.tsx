// The Share button. What it opens, the link and what else can be handed on, is loaded when it is first pressed.
import { signal } from "@preact/signals";
import { useDisclosure } from "../shell/disclosure.ts";
import { Icon } from "../shell/icons.tsx";
import { Late } from "../shell/late.tsx";

const isOpen = signal(false);

const loadPanel = () => import("./share-panel.tsx").then(({ SharePanel }) => SharePanel);

export function ShareButton() {
  const { host, button } = useDisclosure(isOpen);

  return (
    <div class="share" ref={host}>
      <button class="main-button" ref={button} aria-expanded={isOpen.value} onClick={() => (isOpen.value = !isOpen.value)}>
        <Icon name="share" /> Share
      </button>
      {isOpen.value && <Late load={loadPanel} />}
    </div>
  );
}
