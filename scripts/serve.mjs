// Serves the built page on localhost: for `npm start` and for the browser tests.
import { fileURLToPath } from "node:url";
import { preview } from "vite";

/** Port 0 takes any free one; another takes that or the next that is free. */
export async function serve({ port = 0 } = {}) {
  const server = await preview({
    configFile: fileURLToPath(new URL("../web/vite.config.ts", import.meta.url)),
    appType: "mpa", // what is not there is a 404, not the page again
    logLevel: "warn",
    preview: { host: "localhost", port },
  });
  return { address: server.resolvedUrls.local[0], close: () => server.close() };
}
