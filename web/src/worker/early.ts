// An entry of its own, ahead of the page's: the engine loads while the page's code does.
import { startEarly } from "./start.ts";

startEarly();
