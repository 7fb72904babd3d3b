// Keeps the page for times without a network, and tells of new versions. ?no-sw in the address throws all of that away.
import { notify } from "../shell/notice.ts";

/** `ready` is the version that waited already when this page opened. */
export async function keepOffline(ready: ServiceWorker | null): Promise<void> {
  const workers = navigator.serviceWorker;
  if (new URLSearchParams(location.search).has("no-sw")) return forget();
  const isFirst = !workers.controller;
  let registration: ServiceWorkerRegistration;
  try {
    // From the next time on it is the one. This page finds its own parts still.
    ready?.postMessage("use");
    registration = await workers.register("./sw.js");
    if (registration.waiting && registration.waiting !== ready && !isFirst) offer(registration.waiting);
  } catch {
    return; // storage is switched off, or full: the page works all the same while there is a network
  }
  const watch = () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && !isFirst) offer(coming);
    });
  };
  watch();
  registration.addEventListener("updatefound", watch);
}

function offer(coming: ServiceWorker): void {
  notify("A new version of nabla is ready.", {
    label: "Use it",
    act() {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      coming.postMessage("use");
    },
  });
}

async function forget(): Promise<void> {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  for (const name of await caches.keys()) if (name.startsWith("nabla-")) await caches.delete(name);
}
