// Draws programs about sets of numbers and tuples for `npm run fuzz -- --sets`: four sets, changed and combined in every way, and printed, so that the
// order in which they are walked is seen after each step.
import { randomOf } from "./draw.mjs";

class Drawer {
  constructor(random) {
    this.random = random;
  }
  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }
  whole(least, below) {
    return least + Math.floor(this.random() * (below - least));
  }
  list(most, draw) {
    return Array.from({ length: this.whole(0, most) }, draw).join(", ");
  }
  key(range) {
    return this.pick([
      () => `${this.whole(-range, range)}`, () => `${this.whole(-range, range)}`, () => `${this.whole(0, range)}`, () => `${this.whole(-1e6, 1e6)}`,
      () => `${this.pick(["", "-"])}${this.whole(1, 9)}${"0123456789".repeat(this.whole(1, 3))}`, () => `${this.whole(0, range)} * 2**${this.whole(1, 45)}`,
      () => this.pick(["0.5", "-0.5", "1.0", "-1.0", "1e300", "2.75", "1e-05", "-0.0"]), () => this.pick(["True", "False"]),
      () => `(${this.whole(-3, range)}, ${this.whole(-5, 5)})`, () => `(${this.whole(0, 5)}, (${this.whole(-2, 3)}, 0.5))`,
      () => `frozenset([${this.list(4, () => this.whole(0, 20))}])`,
    ])();
  }
  keys(range, most) {
    return this.list(most, () => this.key(range));
  }
  made() {
    const keys = () => this.keys(this.pick([5, 10, 30, 100, 1000]), this.pick([4, 8, 12, 30]));
    return this.pick([
      () => `{${keys() || "0"}}`, () => `set([${keys()}])`, () => `frozenset([${keys()}])`, () => `set(range(${this.whole(-20, 20)}, ${this.whole(20, 300)}, ${this.whole(1, 9)}))`,
      () => `{x * ${this.whole(1, 99)} % ${this.whole(1, 500)} for x in range(${this.whole(0, 120)})}`, () => `set(dict.fromkeys([${keys()}]))`,
      () => `{1, 2, *[${keys()}]}`, () => "set()",
    ])();
  }
  set() {
    return `s[${this.whole(0, 4)}]`;
  }
  other() {
    const set = this.set();
    return this.pick([set, set, `list(${set})`, `dict.fromkeys(${set})`, this.made()]);
  }
  step() {
    const [a, b, c] = [this.set(), this.set(), this.set()];
    const changed = (call) => [`${a} = set(${a})`, call];
    return this.pick([
      () => [`${a} = ${this.made()}`], () => [`${a} = ${this.made()}`],
      () => changed(`for x in [${this.keys(50, 12)}]: ${a}.add(x)`), () => changed(`for x in [${this.keys(30, 12)}]: ${a}.discard(x)`),
      () => changed(`for x in list(${a})[::${this.whole(1, 4)}]: ${a}.remove(x)`), () => changed(`print([${a}.pop() for _ in range(min(${this.whole(0, 9)}, len(${a})))])`),
      () => [`${c} = ${a} ${this.pick(["|", "&", "-", "^"])} ${b}`], () => [`${a} ${this.pick(["|", "&", "-", "^"])}= ${b}`],
      () => [`${c} = ${a}.${this.pick(["union", "intersection", "difference"])}(${this.list(3, () => this.other())})`],
      () => [`${c} = ${a}.symmetric_difference(${this.other()})`],
      () => changed(`${a}.${this.pick(["update", "intersection_update", "difference_update"])}(${this.list(3, () => this.other())})`),
      () => changed(`${a}.symmetric_difference_update(${this.other()})`), () => [`${b} = ${a}.copy()`],
      () => [`print(${a} == ${b}, ${a} <= ${b}, ${a}.isdisjoint(${b}), hash(frozenset(${a})), [hash(x) for x in ${b}][:3])`],
    ])();
  }
  program() {
    const lines = ["s = [set() for _ in range(4)]"];
    for (let count = 0; count < 14; ++count) lines.push(...this.step(), "print(s)");
    return lines;
  }
}

/** [{lines}], the same for the same seed. */
export function drawSets({ seed = 1, count = 1000 }) {
  return Array.from({ length: count }, (_, k) => ({ seed: k, lines: new Drawer(randomOf(`sets ${seed} ${k}`)).program() }));
}
