// Puts the engine together from its two files (docs/architecture.md, "Two files"). nabla.wasm holds what runs while the page opens.
// For every other function that it may call it imports a placeholder; the first one called brings in nabla-rest.wasm, which puts the
// real functions into the table that both share.

/// <reference path="./glue.d.ts" />
import create, { FIRST, REST, type WasmModule, type WasmRuntime } from "#nabla-wasm";

export { FIRST, REST, type WasmRuntime };

/** Where the two files come from, compiled. */
export interface Parts {
  first(): Promise<WebAssembly.Module>;
  /** The rest, ahead of need. */
  rest(): Promise<WebAssembly.Module>;
  /** The rest, in the middle of a call. Where that cannot be (a page's own thread), it is loaded with the first. */
  restNow?(): WebAssembly.Module;
}

export interface Assembly {
  runtime: WasmRuntime;
  /** Loads the rest, unless it is there. */
  complete(): Promise<void>;
  /** Why the rest did not come when it was needed. The engine is of no use after that. */
  missing(): Error | null;
}

export async function assemble(parts: Parts): Promise<Assembly> {
  const module = await parts.first();
  let first: WebAssembly.Exports;
  let table: WebAssembly.Table;
  let whole = false;
  let missing: Error | null = null;

  function completeNow(): void {
    if (missing !== null) throw missing;
    try {
      new WebAssembly.Instance(parts.restNow!(), { primary: first });
    } catch (error) {
      missing = error as Error;
      throw missing;
    }
    whole = true;
  }

  async function complete(): Promise<void> {
    if (whole) return;
    const rest = await parts.rest();
    if (!whole) await WebAssembly.instantiate(rest, { primary: first });
    whole = true;
  }

  /** wasm-split names a placeholder by its slot in the table. */
  const placeholder = new Proxy({}, {
    get: (_, slot) => (...values: unknown[]) => {
      if (!whole) completeNow();
      return table.get(Number(slot))(...values);
    },
  });

  const { Runtime } = await new Promise<WasmModule>((resolve, reject) => {
    create({
      instantiateWasm(imports, done) {
        // The namespace of the placeholders, which is called differently by newer tools, is the one that em++'s glue does not bring.
        const all: WebAssembly.Imports = { ...imports };
        for (const { module: namespace } of WebAssembly.Module.imports(module)) all[namespace] ??= placeholder;
        const instantiated = WebAssembly.instantiate(module, all).then((instance) => {
          first = instance.exports;
          table = Object.values(first).find((one) => one instanceof WebAssembly.Table)!;
          done(instance);
        });
        instantiated.catch(reject);
        return {};
      },
    }).then(resolve, reject);
  });
  if (!parts.restNow) await complete();
  return { runtime: new Runtime(), complete, missing: () => missing };
}

/** From the addresses beside the module. A file that came is kept: an engine that has to be loaded anew needs no network. */
export function fetchedParts(): Parts {
  const inPage = typeof document !== "undefined";
  return {
    first: kept(() => fetchModule(FIRST)),
    rest: kept(() => fetchModule(REST)),
    ...(!inPage && { restNow: () => requestModule(REST) }),
  };
}

function kept(load: () => Promise<WebAssembly.Module>): () => Promise<WebAssembly.Module> {
  let module: Promise<WebAssembly.Module> | null = null;
  return () => {
    module ??= load().catch((error: unknown) => {
      module = null;
      throw error;
    });
    return module;
  };
}

async function fetchModule(address: URL): Promise<WebAssembly.Module> {
  const response = await fetch(address).catch(() => null);
  if (!response?.ok) throw unreachable(response?.status);
  const streams = response.headers.get("Content-Type") === "application/wasm";
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** In a worker only: holds it until the file is there. */
function requestModule(address: URL): WebAssembly.Module {
  const request = new XMLHttpRequest();
  request.open("GET", address, false);
  request.responseType = "arraybuffer";
  try {
    request.send();
  } catch {
    throw unreachable();
  }
  if (request.status !== 200) throw unreachable(request.status);
  return new WebAssembly.Module(request.response as ArrayBuffer);
}

function unreachable(status?: number): Error {
  return new Error(status === undefined ? "there is no network" : `the server answered ${status}`);
}
