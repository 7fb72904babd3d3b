// Draws programs about numpy for `npm run fuzz -- --numpy`: arrays of several shapes and dtypes, and what tutorials do with them, from a list of
// forms with places: X an array, F one of floats, I one of whole numbers, B a mask, V a row of numbers, M a square matrix, S a scalar, D a dtype,
// A an axis, N a small number, Y an array of X's shape.
import { randomOf } from "./draw.mjs";

const DTYPES = ["float", "int", "bool", "np.float32", "np.float64", "np.int32", "np.int64", "np.uint8", "np.int8", "'float32'", "'int'", "'f4'"];
const SCALARS = ["0", "1", "2", "-3", "0.5", "-1.5", "2.0", "True", "10", "1e-3", "np.float32(1.5)", "np.float64(0.25)", "np.int64(3)", "np.array(2)", "np.array(0.5)", "300"];
const SHAPES = ["()", "(1,)", "(3,)", "(4,)", "(0,)", "(2, 3)", "(3, 2)", "(3, 1)", "(1, 3)", "(3, 3)", "(2, 0)", "(2, 3, 2)", "(2, 1, 3)", "(1, 1)"];
const SIGNS = ["+", "-", "*", "/", "//", "%", "**", "<", "<=", "==", "!=", ">", ">="];
const INDICES = ["0", "-1", "1:", "::-1", "::2", ":, 0", ":, -1", "..., 0", "None", "[0, 1]", "[0, 0]", "[-1]", "1", "5", ":, None", "0, 0", "1, :2", ":2, 1:", "[0, 1], [1, 0]", "..., None", "np.array([1, 0])", ":, [1, 0]", "()", "...", "0:0", "2:, ::-1"];
const REDUCERS = ["sum", "mean", "std", "var", "max", "min", "prod", "any", "all", "argmax", "argmin", "ptp"];
const OF_ELEMENTS = ["abs", "sign", "square", "floor", "ceil", "trunc", "rint", "isnan", "isfinite", "isinf", "negative", "logical_not", "exp", "sqrt", "log", "sin", "cos", "tanh", "log1p", "positive", "fabs", "reciprocal", "cbrt", "expm1", "log2", "arctan", "round"];
const OF_TWO = ["add", "subtract", "multiply", "divide", "maximum", "minimum", "power", "floor_divide", "mod", "fmax", "logical_and", "logical_or", "equal", "less", "greater_equal", "hypot", "arctan2", "not_equal"];

const FORMS = [
  "X o X", "X o X", "X o S", "S o X", "X o Y", "F o Y", "-X", "abs(X)", "~B", "B & B", "B | B", "X o B", "S o S", "X & X", "I << 2", "divmod(X, 2)", "round(F, 1)", "F @ F", "M @ M", "M @ V", "V @ V", "X @ X",
  "X[i]", "X[i]", "X[i]", "X[X > S]", "X[B]", "Y[Y < S]", "X[I]", "X[i][i]", "len(X)", "X.T", "X.shape", "X.dtype", "X.ndim", "X.size", "X.itemsize", "X.nbytes", "X.strides", "list(X)", "X.tolist()", "X.item()", "bool(X)", "float(X)", "int(X)", "str(X)", "f'{X}'", "f'{F.sum():.3f}'", "X in [1, 2]", "1 in X", "hash(X)",
  "X.r()", "X.r(A)", "X.r(axis=A)", "np.r(X)", "np.r(X, axis=A)", "np.r(X, axis=A, keepdims=True)", "np.r(X, keepdims=True)", "X.r(axis=(0, 1))", "np.sum(X, dtype=D)", "np.std(F, ddof=1)", "np.var(F, axis=A, ddof=1)", "np.mean(X, dtype=D)", "np.median(X)", "np.median(X, axis=A)", "np.percentile(X, 30)", "np.quantile(F, [0.25, 0.5])", "np.average(V, weights=V)", "np.average(X, axis=A)", "np.cumsum(X)", "np.cumsum(X, axis=A)", "np.cumprod(X)", "np.count_nonzero(X)", "np.nansum(F)", "np.nanmean(F)", "np.nanmax(F)", "np.amax(X, A)",
  "np.e(X)", "np.e(X)", "np.e(S)", "np.t(X, Y)", "np.t(X, S)", "np.t(X, X)", "np.clip(X, -1, 1)", "np.clip(X, S, S)", "X.clip(0, 2)", "np.round(F, N)", "X.round(1)", "np.around(F)", "np.where(B, 1, 0)", "np.where(X > S, X, S)", "np.where(X > S, X, Y)", "np.where(X)", "np.nonzero(X)", "np.argwhere(X)", "np.isclose(F, F)", "np.allclose(X, Y)", "np.array_equal(X, Y)", "np.maximum(X, 0)", "np.nan_to_num(F)", "np.heaviside(F, 0.5)", "np.sign(X)", "np.gcd(I, 6)", "np.isin(X, [0, 1])", "np.sqrt(-abs(F))", "1 / F", "F / 0", "np.log(F)", "np.exp(F * 1000)",
  "X.reshape(-1)", "X.reshape(2, -1)", "X.reshape((-1, 1))", "np.reshape(X, (3, 2))", "X.ravel()", "X.flatten()", "np.transpose(X)", "X.transpose(1, 0)", "np.swapaxes(X, 0, -1)", "np.squeeze(X)", "np.expand_dims(X, A)", "X[np.newaxis]", "X[:, np.newaxis]", "np.atleast_2d(X)", "np.broadcast_to(X, (2, 3))", "np.flip(X)", "np.flip(X, A)", "np.fliplr(X)", "np.roll(X, N)", "np.roll(X, 1, axis=A)", "np.rot90(M)", "np.repeat(X, 2)", "np.repeat(X, 2, axis=A)", "np.tile(X, 2)", "np.tile(V, (2, 1))", "np.pad(X, 1)", "np.moveaxis(X, 0, -1)", "np.resize(V, (2, 3))",
  "np.concatenate([X, Y])", "np.concatenate([X, X])", "np.concatenate([X, Y], axis=A)", "np.concatenate((X, Y), axis=None)", "np.stack([X, Y])", "np.stack([X, Y], axis=A)", "np.vstack([X, Y])", "np.hstack([X, Y])", "np.vstack((V, V))", "np.hstack((V, V))", "np.column_stack([X, Y])", "np.dstack([X, Y])", "np.append(X, 5)", "np.append(X, X, axis=A)", "np.split(X, 2)", "np.array_split(X, 3)", "np.hsplit(X, 2)", "np.delete(X, 0)", "np.delete(X, [0, 1], axis=A)", "np.insert(V, 1, 9)", "np.c_[V, V]", "np.r_[V, 1, 2]",
  "np.sort(X)", "np.sort(X, axis=A)", "np.argsort(V)", "np.argsort(-V)", "np.sort(V)[::-1]", "np.unique(X)", "np.unique(I, return_counts=True)", "np.unique(I, return_inverse=True)", "np.unique(V, return_index=True)", "np.searchsorted(np.sort(V), S)", "np.digitize(V, [0, 1])", "np.bincount(abs(I.ravel()))", "np.histogram(V, bins=3)", "np.histogram(V, 4, (0, 2))", "np.diff(X)", "np.diff(V, n=2)", "np.intersect1d(V, [0, 1])", "np.union1d(V, [0, 9])", "np.setdiff1d(V, [0])", "np.take(X, [0, 1])", "np.take(X, 0, axis=A)", "np.flatnonzero(X)", "np.argmax(X, axis=A)", "np.unravel_index(3, (2, 3))",
  "np.dot(X, X)", "np.dot(M, V)", "np.dot(V, V)", "V.dot(V)", "np.matmul(M, M)", "np.inner(V, V)", "np.outer(V, V)", "np.vdot(V, V)", "np.cross(V, V)", "np.trace(M)", "np.diag(M)", "np.diag(V)", "np.tril(M)", "np.triu(M, 1)", "np.einsum('ij,jk->ik', M, M)", "np.einsum('ij->j', M)", "np.einsum('i,i', V, V)", "np.einsum('ii', M)", "np.tensordot(M, M)", "np.kron(V, [1, 2])", "np.linalg.norm(X)", "np.linalg.norm(F, axis=A)", "np.linalg.norm(V, 1)", "np.linalg.det(M)", "np.round(np.linalg.inv(M + 5 * np.eye(3)), 6)", "np.linalg.solve(M + 5 * np.eye(3), V)", "np.linalg.matrix_rank(M)", "np.linalg.eigvalsh(M + M.T).round(6)", "np.linalg.inv(X)", "np.linalg.matrix_power(M, 2)", "np.corrcoef(V, V)", "np.cov(F)", "np.convolve(V, [1, 0, 2])", "np.polyfit(np.arange(4), [1, 3, 5, 7.5], 1).round(6)", "np.polyval([1, 2, 3], X)", "np.interp(S, [0, 1, 2], [3, 5, 4])", "np.gradient(V)", "np.trapz(V)",
  "np.array(L)", "np.array(L, dtype=D)", "np.asarray(X)", "np.zeros(s)", "np.ones(s, dtype=D)", "np.full(s, S)", "np.zeros_like(X)", "np.ones_like(X, dtype=D)", "np.full_like(X, S)", "np.empty_like(X).shape", "np.arange(N)", "np.arange(N, 10, 3)", "np.arange(0, 1, 0.25)", "np.arange(5, 0, -1.5)", "np.arange(N, dtype=D)", "np.linspace(0, 1, N)", "np.linspace(-1, S, 4)", "np.linspace(0, 10, 5, endpoint=False)", "np.linspace(0, 1, 3, dtype=D)", "np.logspace(0, 2, 3)", "np.eye(N)", "np.eye(2, 3, k=1)", "np.identity(2)", "np.meshgrid(V, [1, 2])", "np.meshgrid([0, 1], V, indexing='ij')", "np.indices((2, 2))", "np.fromfunction(lambda i, j: i + j, (2, 2))", "np.mgrid[0:2, 0:3]", "np.geomspace(1, 8, 4)", "np.tri(3)", "np.vander([1, 2, 3])",
  "X.astype(D)", "X.astype(D)", "F.astype(int)", "X.copy()", "np.isscalar(S)", "type(X.sum())", "type(S * X)", "np.result_type(X, Y)", "np.issubdtype(X.dtype, np.integer)", "np.finfo(np.float32).eps", "np.iinfo(np.int32).max", "np.float32(S)", "np.int64(S)", "np.float64(S) o S", "np.int32(7) o S", "np.float32(0.1) o S", "np.float32(1.5) o X", "np.dtype(D)", "np.can_cast(np.int64, np.float32)", "np.promote_types(np.int32, np.float32)", "np.ndim(X)", "np.shape(L)", "np.size(X)", "isinstance(X, np.ndarray)", "np.bool_(True)", "np.shares_memory(X, X)", "np.vectorize(lambda v: v + 1)(X)", "np.apply_along_axis(np.sum, 0, X)", "np.array2string(F, precision=2)", "max(V)", "sum(V)", "sorted(V)", "min(X)", "np.sum([V, V])", "np.mean(L)", "np.max(L)", "np.array([V, V])", "np.array([X, Y])", "[x for x in X]", "sum(X)", "np.ravel(L)", "[*map(float, V)]", "np.add.reduce(X)", "np.ones(3) * V", "np.array([1, 2, 3]) o V", "V[:, None] - V", "(V - V.mean()) / V.std()", "np.exp(V) / np.exp(V).sum()", "np.eye(3)[[0, 2]]", "np.sum((X - Y) ** 2)", "np.mean(X == Y)", "np.argmax(M, 1)", "M[np.arange(3), [0, 2, 1]]", "M.sum(1, keepdims=True)",
];
const CHANGES = ["x[i] = S", "x[i] = Y", "x[B] = S", "x += S", "x -= Y", "x *= S", "x /= S", "x //= 2", "x **= 2", "x %= 3", "x[x > 0] = S", "x[i] += 1", "x = x.T; x[0] = S", "w = x[i]; w[...] = S", "w = x.reshape(-1); w[0] = S", "x.fill(S)", "x.sort()", "x[...] = S", "np.fill_diagonal(x, S)", "x.shape = (-1,)", "np.add(x, 1, out=x)", "w = x.copy(); w[...] = 0", "w = x.ravel(); w[0] = 7", "x.flat[0] = 3"];

class Drawer {
  constructor(random) {
    this.random = random;
  }
  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }
  number() {
    return Math.floor(this.random() * 9) - 3;
  }
  /** An array as text. */
  array(kind, shape = this.pick(SHAPES)) {
    const size = shape.match(/\d+/g)?.reduce((a, b) => a * Number(b), 1) ?? 1;
    let values = Array.from({ length: size }, () => this.number());
    if (kind === "float") values = values.map((n) => (this.random() < 0.5 ? `${n / 4}` : `${n}.`)).map((n) => (this.random() < 0.03 ? this.pick(["np.nan", "np.inf", "1e10", "-0.0", "1e-7", "123456.789"]) : n));
    if (kind === "bool") values = values.map((n) => (n > 0 ? "True" : "False"));
    const dtype = kind === "any" ? this.pick(["", "", "", ", dtype=np.float32", ", dtype=float", ", dtype=np.int32", ", dtype=bool", ", dtype=np.uint8"]).replace("np.uint8", values.some((n) => n < 0) ? "np.int8" : "np.uint8") : size ? "" : `, dtype=${kind}`;
    if (/^\(\d+,\)$/.test(shape)) return `np.array([${values.join(", ")}]${dtype})`;
    return `np.array([${values.join(", ")}]${dtype}).reshape(${shape})`;
  }
  fill(form) {
    const places = {
      X: () => this.pick(["x", "x", "x", "y", this.array(this.pick(["any", "float", "int"]))]), Y: () => "y", F: () => this.array("float"), I: () => this.array("int"), B: () => (this.random() < 0.5 ? "(x > 0)" : this.array("bool")),
      V: () => this.array(this.pick(["int", "float"]), "(3,)"), M: () => this.array(this.pick(["int", "float"]), "(3, 3)"), S: () => this.pick(SCALARS), D: () => this.pick(DTYPES), A: () => this.pick(["0", "1", "-1", "2", "None"]), N: () => this.pick(["0", "1", "2", "3", "5"]),
      L: () => this.pick(["[1, 2, 3]", "[1.5, 2]", "[[1, 2], [3, 4]]", "[]", "[True, 2]", "[[1., 2], [3, 4]]", "(1, 2)", "range(3)", "3", "[[1, 2], [3]]", "[[]]", "[1, 2.5, True]"]),
      s: () => this.pick(["3", "(2, 3)", "(0,)", "()", "[2, 2]", "-1", "2.5", "(1, 2)"]), i: () => this.pick(INDICES), o: () => this.pick(SIGNS), r: () => this.pick(REDUCERS), e: () => this.pick(OF_ELEMENTS), t: () => this.pick(OF_TWO),
    };
    return form.replace(/(?<![\w'])([XYFIBVMSDANL])(?!\w)|(?<=[\[(])([is])(?=[\]),])|(?<= )(o)(?= )|(?<=\.)([ret])(?=\()/g, (_, ...groups) => places[groups.find((one) => typeof one === "string")]());
  }
  program() {
    const shape = this.pick(SHAPES), kind = () => this.pick(["any", "float", "int"]);
    const lines = ["import numpy as np", `x = ${this.array(kind(), shape)}`, `y = ${this.array(kind(), this.random() < 0.8 ? shape : undefined)}`];
    let indent = "";
    if (this.random() < 0.12) {
      indent = "    ";
      lines.push(`with np.printoptions(${this.pick(["precision=3", "suppress=True", "precision=2, suppress=True", "linewidth=40", "threshold=4", "edgeitems=1, threshold=3"])}):`);
    }
    const count = 1 + Math.floor(this.random() * 3);
    for (let k = 0; k < count; ++k) {
      const change = this.random() < 0.15;
      const text = this.fill(this.pick(change ? CHANGES : FORMS));
      lines.push(indent + (change ? text : `print(${this.random() < 0.6 ? `repr(${text})` : text})`));
      if (change) lines.push(`${indent}print(repr(x), x.dtype)`);
    }
    return lines;
  }
}

/** [{lines}], the same for the same seed. */
export function drawNumpy({ seed = 1, count = 1000 }) {
  return Array.from({ length: count }, (_, k) => ({ seed: k, lines: new Drawer(randomOf(`numpy ${seed} ${k}`)).program() }));
}
