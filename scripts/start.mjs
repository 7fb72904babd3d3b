// `npm start`: set up, build what changed, serve the page on localhost. `npm start -- --port N` for another port.
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { setUp } from "./setup.mjs";

const { values } = parseArgs({ options: { port: { type: "string", default: "4173" } } });

setUp();
build("wasm", "package", "page");
const { serve } = await import("./serve.mjs"); // only now: it needs the npm packages
const { address } = await serve({ port: Number(values.port) });
console.log(`\nnabla is served on ${address}\nPress Ctrl+C to end.`);
