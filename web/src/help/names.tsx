// What nabla knows: PyTorch's names, place by place, and whether nabla has them. The list is written by `npm run parity`.
import { signal } from "@preact/signals";
import { Sheet, SheetSearch } from "../shell/sheets.tsx";
import "../shell/sheets.css";
import "./names.css";
import table from "./names.json";

/** In the list: "" has all, "-" has nothing, other words are the parameters that are missing. */
type State = "yes" | "partly" | "no";
interface Name {
  name: string;
  state: State;
  missing: string;
}

const listed = table.places as unknown as { place: string; names: Record<string, string> }[];
const places = listed.map(({ place, names }) => ({
  place,
  names: Object.entries(names).map(
    ([name, missing]): Name => ({ name, missing, state: missing === "" ? "yes" : missing === "-" ? "no" : "partly" }),
  ),
}));
const total = places.reduce((sum, { names }) => sum + names.length, 0);
const present = places.reduce((sum, { names }) => sum + names.filter(({ state }) => state !== "no").length, 0);

const wanted = signal("");

export function Names() {
  const search = <SheetSearch placeholder={`Search ${total} names of PyTorch`} label="Search PyTorch's names" wanted={wanted} />;
  return (
    <Sheet title="What nabla knows" tools={search} isText>
      <p class="names-about">
        {present} of the {total} public names of PyTorch {table.version} are here. <span class="name is-partly">Underlined with dots</span>: without
        some parameter. <span class="name is-no">Struck through</span>: not yet, and an error says so.
      </p>
      <Places />
    </Sheet>
  );
}

/** "F.relu", "torch.add", "add": a word may begin with its place. */
function found() {
  const word = wanted.value.trim().toLowerCase();
  return places
    .map(({ place, names }) => ({ place, names: names.filter(({ name }) => `${place}.${name}`.toLowerCase().includes(word)) }))
    .filter(({ names }) => names.length > 0);
}

function Places() {
  const list = found();
  if (list.length === 0) return <p class="names-about">PyTorch has no such name.</p>;
  return (
    <>
      {list.map(({ place, names }) => (
        <section key={place} class="names-place sheet-group">
          <h3>
            {place} <small>{`${names.filter(({ state }) => state !== "no").length} of ${names.length}`}</small>
          </h3>
          <ul>
            {names.map((one) => (
              <li key={one.name}>
                <span class={`name is-${one.state}`} title={title(one)}>
                  {one.name}
                </span>
                {one.state !== "yes" && <span class="visually-hidden">{one.state === "no" ? " (no)" : ` (without ${one.missing})`}</span>}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  );
}

function title({ state, missing }: Name): string | undefined {
  if (state === "no") return "Not part of nabla yet";
  return state === "partly" ? `Without ${missing.split(" ").join(", ")}` : undefined;
}
