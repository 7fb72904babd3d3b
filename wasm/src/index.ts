export * from "./description.ts";
export * from "./document.ts";
export * from "./trace.ts";
export type { Parts } from "./parts.ts";
export * from "./engine.ts";
export * from "./formats.ts";
export * from "./protocol.ts";
export * from "./host.ts";
export * from "./client.ts";
