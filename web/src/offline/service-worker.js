// The page without a network. Each version of the page has a cache of its own, filled whole before the version is used, so that page and
// engine always belong together. A new version waits until it is asked for, or until the page is next opened; the version before it stays,
// since a page of it may still be open and want its later parts. The build (web/offline-plugin.ts) puts the two values in.
const VERSION = "__VERSION__";
const FILES = "__FILES__";

const PREFIX = "nabla-";
const NAME = PREFIX + VERSION;

/** A file is the same whoever asks for it, and how. */
const ANY = { ignoreSearch: true, ignoreVary: true };

/** Named by their contents: what has such a name never changes. */
const isHashed = (url) => /\/assets\//.test(url);

async function fill() {
  const cache = await caches.open(NAME);
  await Promise.all(
    FILES.map(async (file) => {
      const url = new URL(file, registration.scope).href;
      const known = isHashed(url) ? await caches.match(url) : undefined;
      const response = known ?? (await fetch(url, { cache: isHashed(url) ? "default" : "reload" }));
      if (!response.ok) throw new Error(`${url}: ${response.status}`);
      await cache.put(url, response);
    }),
  );
}

/** This version and the one before it stay. */
async function tidy() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(names.slice(0, -1).map((name) => caches.delete(name)));
}

async function answer(request) {
  const own = await caches.open(NAME);
  const url = new URL(request.url);
  if (request.mode === "navigate") {
    const isPage = url.pathname === new URL(registration.scope).pathname || url.pathname.endsWith("/index.html");
    const page = isPage && (await own.match(new URL("index.html", registration.scope).href));
    if (page) return page;
  }
  return (await own.match(request, ANY)) ?? (await caches.match(request, ANY)) ?? fetch(request);
}

/** All or nothing. */
async function install() {
  try {
    await fill();
  } catch (error) {
    await caches.delete(NAME);
    throw error;
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(tidy().then(() => clients.claim())));
addEventListener("message", ({ data }) => data === "use" && skipWaiting());
addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method === "GET" && request.url.startsWith(registration.scope)) event.respondWith(answer(request));
});
