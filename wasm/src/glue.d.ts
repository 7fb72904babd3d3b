// The module that em++ builds from bindings.cpp and scripts/split.mjs adds two addresses to (package.json maps the name to the build
// tree). Only parts.ts imports it.
declare module "#nabla-wasm" {
  export interface WasmRuntime {
    addCell(isCode: boolean, source: string): void;
    addInput(line: string): void;
    open(
      isScript: boolean, name: string,
      steps: number, memory: number, recursion: number, output: number,
      record: boolean, live: boolean,
    ): void;
    inquire(isScript: boolean, name: string, text: string, wide: boolean, steps: number, memory: number): void;
    step(budget: number): number;
    exitStatus(): number;
    takeOutput(): { kind: "stdout" | "result" | "warning" | "error" | "note" | "figure"; cell: number; text: string }[];
    snapshot(): string;
    holdAt(loop: number, rounds: number): void;
    held(): boolean;
    describe(path: string): string;
    delete(): void;
  }
  export interface WasmModule {
    Runtime: new () => WasmRuntime;
  }
  export default function create(options: {
    instantiateWasm(imports: WebAssembly.Imports, done: (instance: WebAssembly.Instance) => void): object;
  }): Promise<WasmModule>;
  /** Where nabla.wasm and nabla-rest.wasm lie. */
  export const FIRST: URL;
  export const REST: URL;
}
