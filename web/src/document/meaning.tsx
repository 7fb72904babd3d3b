// A word about a name: how it is called, what it does, its rule; of a value what it is now. Shown while hovering, completing and calling.
import type { Description } from "../../../wasm/src/description.ts";
import { Formula } from "./formula.tsx";
import { parameterName, parametersOf } from "./knowledge.ts";

interface MeaningProps {
  name: string;
  meaning: Description;
  /** The argument that is being written: its index, or the name that it is given by. */
  argument?: number | string | null;
}

export function Meaning({ name, meaning, argument = null }: MeaningProps) {
  const { kind, type, repr, shape, dtype, requiresGrad, signatures, doc, latex } = meaning;
  const short = name.split(".").at(-1)!;
  return (
    <div class="meaning">
      {signatures.map((signature) => (
        <Signature key={signature} name={short} signature={signature} argument={argument} />
      ))}
      {!signatures.length && kind !== "value" && (
        <p>
          <code>{name}</code> <small>{kind}</small>
        </p>
      )}
      {kind === "value" && (
        <p>
          <code>{short}</code> <small>{shape ? `${dtype} ${shape.length ? `[${shape.join(", ")}]` : "scalar"}${requiresGrad ? ", requires grad" : ""}` : type}</small>
        </p>
      )}
      {kind === "value" && <pre>{repr}</pre>}
      {doc && <p>{doc}</p>}
      {latex && argument === null && (
        <p class="meaning-rule">
          <Formula tex={latex} display={false} />
        </p>
      )}
    </div>
  );
}

function Signature({ name, signature, argument }: { name: string; signature: string; argument: number | string | null }) {
  const parameters = parametersOf(signature);
  const at = parameterAt(parameters, argument);
  return (
    <p class="meaning-signature">
      <code>
        {name}(
        {parameters.map((parameter, i) => (
          <>
            {i > 0 && ", "}
            {i === at ? <strong>{parameter}</strong> : parameter}
          </>
        ))}
        )
      </code>
    </p>
  );
}

/** The index of the parameter that an argument goes to; a starred one takes all that follow. */
function parameterAt(parameters: string[], argument: number | string | null): number {
  if (argument === null) return -1;
  if (typeof argument === "string") return parameters.findIndex((parameter) => parameterName(parameter) === argument);
  const rest = parameters.findIndex((parameter) => parameter.startsWith("*"));
  if (rest >= 0 && argument >= rest) return parameters[rest] === "*" ? -1 : rest;
  return argument < parameters.length ? argument : -1;
}
