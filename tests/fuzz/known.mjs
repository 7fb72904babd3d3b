// The differences that stay. Each is told in docs/parity.md; the fuzzer passes over them.

import { same } from "./compare.mjs";

/** What of an answer is compared. */
export function comparable(answer) {
  if (answer.includes("derivative for aten::")) return answer.replace(/_ is not implemented/, " is not implemented"); // in place
  // Keywords come in the order of a hash table.
  return answer.replace(/(received an invalid combination of arguments - got )(\(.*?\))(, but expected one of:)/, (_, before, got, after) => {
    const parts = got.slice(1, -1).split(", ").filter(Boolean);
    const named = parts.filter((part) => part.includes("=")).sort();
    return before + [...parts.filter((part) => !part.includes("=")), ...named].join(", ") + after;
  });
}

const ERROR = /^\w+Error: /;

/** Are all numbers alike to a thousandth of the largest? */
function closeNumbers(a, b) {
  const numbers = (answer) => (answer.match(/-?\d+(\.\d+)?(e[-+]\d+)?/g) ?? []).map(Number);
  const x = numbers(a), y = numbers(b);
  return x.length === y.length && x.every((number, at) => Math.abs(number - y[at]) <= 2e-3 * Math.max(Math.abs(number), Math.abs(y[at])) + 1e-6);
}

const KNOWN = [
  {
    name: "the weight of nll_loss",
    matches: (_, pytorch, nabla) => /is not differentiable with respect to argument/.test(pytorch + nabla),
  },
  {
    // Which of several equal elements is found is left open.
    name: "ties",
    matches: (call, pytorch, nabla) => /topk|median|kthvalue|mode/.test(call) && pytorch.split(/, l\[/)[0] === nabla.split(/, l\[/)[0],
  },
  {
    // The order of a hash table.
    name: "unique without sorting",
    matches: (call, pytorch, nabla) => /unique\((.*, )?(False|sorted=False)/.test(call) && !ERROR.test(pytorch) && !ERROR.test(nabla),
  },
  {
    name: "second derivatives that PyTorch has not",
    matches: (_, pytorch) => /derivative for aten::(hardsigmoid|multi_margin_loss|multilabel_margin_loss)_backward is not implemented/.test(pytorch),
  },
  {
    name: "names of PyTorch 2",
    matches: (_, pytorch) => /has no attribute 'scaled_dot_product_attention'/.test(pytorch),
  },
  {
    // What rounding leaves of a number that would be zero: determinants, factors and inverses of matrices whose rows are equal; and what infinities leave of inverses.
    name: "singular matrices",
    matches: (call, pytorch, nabla) => (/(det|qr|svd|svdvals|pinv|pinverse|inv_ex|lstsq|matrix_norm|linalg\.norm|cond)\(/.test(call) && /"\w*e\w*"/.test(call) || /(inv|inv_ex|inverse|solve)\(.*"\w*w/.test(call)) && !ERROR.test(pytorch) && (!ERROR.test(nabla) || nabla.startsWith("_LinAlgError")),
  },
  {
    // PyTorch reads it as a float where it wants a number, and as a whole number for sizes.
    name: "numpy.bool_ as a number",
    matches: (call) => call.includes("np.bool_("),
  },
  {
    // A warning that is given once is told by the call that came first in its process, and the two sides run in batches of other sizes.
    name: "warnings that are given once",
    matches: (call, pytorch, nabla) => {
      const without = (answer) => answer.replace(/list\('torch\.\w+ is deprecated [^']*'(, )?/, "list(");
      return call.startsWith("stored(") && /'torch\.\w+ is deprecated /.test(pytorch + nabla) && same(without(pytorch), without(nabla));
    },
  },
  {
    // Derivatives that are zero, but for the last digits of what they are made of.
    name: "what rounding leaves of zero",
    matches: (_, pytorch, nabla) => {
      const tiny = (part) => (part.match(/-?\d[-+.e\d]*/g) ?? ["1"]).every((number) => Math.abs(number) < 5e-5);
      const a = pytorch.split(" | "), b = nabla.split(" | ");
      return /\bf\[/.test(a[0]) && a.length > 1 && a.length === b.length && a.every((part, at) => same(part, b[at]) || (at && tiny(part) && tiny(b[at])));
    },
  },
  {
    // LAPACK's last digits, magnified by the division by a small singular value.
    name: "last digits of singular values",
    matches: (call, pytorch, nabla) => {
      const nameless = (answer) => answer.replace(/-?\d+(\.\d+)?(e[-+]\d+)?/g, "#");
      return /(pinv|pinverse|matrix_norm|cond)\(/.test(call) && /\bf\[/.test(pytorch) && nameless(pytorch) === nameless(nabla) && closeNumbers(pytorch, nabla);
    },
  },
  {
    // Numbers of float32 that lie in a tensor of float64, and so show digits that they do not have.
    name: "floats given as doubles",
    matches: (call, pytorch, nabla) => {
      const shorter = (answer) => answer.replace(/-?\d+\.\d+(e[-+]\d+)?/g, (number) => String(Number(Number(number).toPrecision(7))));
      return call.startsWith('stored("double"') && same(shorter(pytorch), shorter(nabla));
    },
  },
  {
    // A tensor of out= that comes out with the node of the view that it was, or with one that cannot go back; nabla refuses it, as PyTorch does elsewhere.
    name: "`out=` that is part of a graph",
    matches: (call, pytorch, nabla) => call.startsWith("stored(") && /:(AsStridedBackward0|NotImplemented|not_implemented)/.test(pytorch) && nabla.includes("don't support automatic differentiation"),
  },
  {
    name: "crashes of PyTorch",
    matches: (_, pytorch) => pytorch.startsWith("CRASH"),
  },
  {
    name: "faults of PyTorch",
    matches: (call, pytorch, nabla) =>
      /INTERNAL ASSERT FAILED|Expected a proper Tensor but got None|takes from 2 to 1 positional arguments|as_strided: Negative strides are not supported at the moment|the derivative for '\w+' is not implemented|functions with out=... arguments don't support|[|] RuntimeError: Found dtype \w+ but expected|integer multiplication overflow|inplace version of|returned an invalid gradient|Mask tensor can take 0 and 1 values only|Storage size calculation overflowed|cannot be converted to type/.test(pytorch) ||
      /torch\.(linalg\.cond|vander)\(/.test(call) && pytorch.includes("modified by an inplace operation") ||
      (/kron|isin/.test(call) && pytorch.includes("view size is not compatible")) ||
      (/threshold|baddbmm_|tri[lu]_/.test(call) && nabla.includes("unsupported operation: more than one")) || // it writes there all the same
      (/addbmm_\(/.test(call) && !ERROR.test(pytorch) && nabla.includes("output with shape")) || // it resizes what it changes
      (/addcdiv/.test(call) && /[|] RuntimeError: result type \w+ can't be cast/.test(pytorch)) ||
      (/trace\(/.test(call) && nabla.includes("TraceBackward0")) || // of more rows than columns
      (/"\w*e\w*"\)\.median|torch\.median\(.*"\w*e\w*"/.test(call)) ||
      /shift\w*\(.*-\d|matrix_exp\(.*"\w*w|"\w*w\w*"\)\.matrix_exp/.test(call) ||
      /logsumexp\((\[\]|\(\))|"\w*e\w*"\)\.as_strided|\b(var|std)(_mean)?\(.*(\[\]|\(\))/.test(call) ||
      (call.startsWith("F.linear") && pytorch.includes("output with shape []")) ||
      (/floor_divide_/.test(call) && /AsStridedBackward0|divide_ is not implemented/.test(pytorch)) ||
      (/\.logical_\w+_\(/.test(call) && pytorch.includes("leaf")) ||
      (/isclose|allclose/.test(call) && pytorch.includes("output with shape")) ||
      /masked_select\(.*"\w*t|"\w*t\w*"\).masked_select|logspace\(.*dtype=torch\.u?int|(copy_|fill_)\(.*"\w*w/.test(call) ||
      pytorch.includes("INDICES element is out of DATA bounds") ||
      (/slice_scatter/.test(call) && /slice step must be positive|Negative strides|IntArrayRef contains|slice size = /.test(pytorch)) || // it takes numbers from where there are none
      (/unique_consecutive\(.*True/.test(call) && (pytorch.endsWith("l[0] )") || call.includes("False, True"))) || // of two flags it heeds the wrong one
      (/masked_(fill|scatter)/.test(call) && /masked_(fill|scatter)_ only supports boolean masks/.test(nabla)) || // it reads the first byte
      /"\w*t\w*"\)\.masked_scatter_\(/.test(call) || // it takes the source in the order in which the tensor itself lies in memory
      (call.includes("slice_scatter(") && nabla.includes("expected src to have a size")) || // a start or end left out is a number that happens to be there
      (/mode='circular'/.test(call) && /\(.*-\d/.test(call) && nabla.includes("wrapping around more than once")) || // of negative widths it reads memory that nothing was written to
      /lstsq\(.*, (rcond=)?[1-9]/.test(call) || // of a large rcond it keeps the column that memory without a value names
      (call.includes("lstsq(") && pytorch.includes("| IndexError: Dimension out of range (expected to be in range of [-1, 0], but got -2)")) || // of a vector it has no gradient
      (/normal\(.*out=out/.test(call) && /normal\(/.test(call)) || // it draws in the shape that the tensor of out= and the mean have together
      (/diff\(.*-\d.*out=out/.test(call) && pytorch.includes("exceeds dimension size")) || // where the count must not be negative, it looks for that many elements
      (/stored\("whole".*(var|std|norm)\(/.test(call) && pytorch.startsWith("tuple")) || // of one number it forgets to ask for a type
      nabla.includes("elu_() takes from 1 to 2 positional arguments") || // it knows scales that no document tells
      (call.includes("fill_(") && nabla.includes("unsupported operation: more than one")),
  },
];

export function knownDifference(call, pytorch, nabla) {
  return KNOWN.find(({ matches }) => matches(call, pytorch, nabla))?.name;
}

// --- programs of autograd ----------------------------------------------------------------------------------------------------------------

const KNOWN_PROGRAMS = [
  { name: "faults of PyTorch", matches: (_, pytorch) => pytorch.includes("INTERNAL ASSERT FAILED") },
  {
    // It calls itself without end, when retain_grad() is asked for of a view whose base was changed since.
    name: "crashes of PyTorch",
    matches: (_, pytorch) => pytorch.startsWith("CRASH"),
  },
  {
    // backward(inputs=) goes on behind the input where that is part of what its own history holds, and has not counted what lies there.
    name: "dependencies that PyTorch misses",
    matches: (_, pytorch) => pytorch.includes("dependency not found for"),
  },
  {
    // It takes the size from where the list of sizes has ended.
    name: "an index into a tensor without dimensions",
    matches: (_, pytorch, nabla) => pytorch.includes("select() cannot be applied to a 0-dim tensor.") && nabla.includes("is out of bounds for dimension 0 with size 0"),
  },
  {
    // Those of retain_grad() and backward(inputs=) too. As since 2.0: docs/parity.md.
    name: "hooks and `torch.autograd.grad`",
    matches(program) {
      const hooked = [...program.matchAll(/(\w+)\.(?:register_hook|retain_grad)\(/g)].map((match) => match[1]);
      hooked.push(...[...program.matchAll(/inputs=(\[[^\]]*\]|\w+)/g)].flatMap((match) => match[1].match(/\w+/g) ?? []));
      const asked = [...program.matchAll(/autograd\.grad\([^,]+, (\[[^\]]*\]|\w+)/g)].flatMap((match) => match[1].match(/\w+/g) ?? []);
      return hooked.some((name) => asked.includes(name));
    },
  },
];

/** Of a program of the autograd fuzzer: why its two answers may differ; nothing where they may not. */
export function knownProgram(program, pytorch, nabla) {
  return KNOWN_PROGRAMS.find(({ matches }) => matches(program, pytorch, nabla))?.name;
}

/** Each has a row in docs/parity.md. */
export const knownNames = [...new Set([...KNOWN, ...KNOWN_PROGRAMS].map(({ name }) => name))];
