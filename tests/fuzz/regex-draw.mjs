// Draws programs about `re` for `npm run fuzz -- --regex`: a pattern from the grammar of regular expressions, one time in six with a slip of the
// pen in it, some texts over few letters so that much matches, and what can be asked of a pattern.
import { randomOf } from "./draw.mjs";

const LETTERS = ["a", "b", "A", "B", "1", "_", " ", "é", "É", "ſ", "K", "-"];
const CLASSES = ["\\w", "\\d", "\\s", "\\W", "\\D", "\\S"];
const MEMBERS = ["a", "b", "A", "1", "_", " ", "é", "a-b", "A-Z", "0-9", "-", "^", "\\n", "\\]", "\\\\", "\\x41", ...CLASSES];
const PLACES = ["^", "$", "\\b", "\\B", "\\A", "\\Z"];
const REPEATS = ["*", "+", "?", "{2}", "{1,2}", "{,2}", "{1,}", "{0}"];
const SLIPS = ["(", ")", "[", "]", "*", "{", "\\", "?", "(?", "(?P", "(?P<", "(?P=x)", "\\q", "\\8", "{2,1}", "[b-a]", "(?<=a*)", "(?(9)a)", "(?z)", "|", "\\x1", "#"];
const TEMPLATES = ["-", "<\\g<0>>", "\\1", "[\\1\\2]", "\\\\", "\\n", "\\g<n1>", "\\g<9>", "\\q", ""];

class Drawer {
  constructor(random) {
    this.random = random;
    this.groups = 0;
    this.closed = [];
    this.named = [];
  }
  chance(p) {
    return this.random() < p;
  }
  pick(list) {
    return list[Math.floor(this.random() * list.length)];
  }
  times(least, most, draw) {
    return Array.from({ length: least + Math.floor(this.random() * (most - least + 1)) }, draw).join("");
  }

  either(deep) {
    return this.sequence(deep) + (this.chance(0.3) ? `|${this.sequence(deep)}` : "");
  }
  sequence(deep) {
    return this.times(1, 3, () => this.piece(deep));
  }
  piece(deep) {
    if (this.chance(0.08)) return this.pick(PLACES);
    const atom = this.atom(deep);
    if (this.chance(0.6)) return atom;
    // CPython 3.11 never returns from a possessive repetition of what may be empty.
    const manner = this.chance(0.4) ? this.pick(["?", "?", atom.startsWith("(") ? "" : "+"]) : "";
    return atom + this.pick(REPEATS) + manner;
  }
  atom(deep) {
    const kind = this.random() * (deep > 0 ? 1 : 0.62);
    if (kind < 0.36) return this.pick(LETTERS);
    if (kind < 0.42) return ".";
    if (kind < 0.5) return this.pick(CLASSES);
    if (kind < 0.58) return `[${this.pick(["", "", "^"])}${this.times(1, 3, () => this.pick(MEMBERS))}]`;
    if (kind < 0.62) return this.closed.length ? `(?:\\${this.pick(this.closed)})` : "a";
    if (kind < 0.8) return this.group(deep);
    if (kind < 0.86) return `(?:${this.either(deep - 1)})`;
    if (kind < 0.89) return `(?${this.pick(["i", "s", "m", "-i", "i-s", "a", "x"])}:${this.either(deep - 1)})`;
    if (kind < 0.93) return `(?${this.pick(["=", "!"])}${this.either(deep - 1)})`;
    if (kind < 0.95) return `(?<${this.pick(["=", "!"])}${this.times(1, 2, () => this.pick(["a", "b", "\\w", "[ab]", "1"]))})`;
    if (kind < 0.97) return `(?>${this.either(deep - 1)})`;
    if (kind < 0.98 && this.named.length) return `(?:(?P=${this.pick(this.named)}))`;
    return this.closed.length ? `(?(${this.pick(this.closed)})${this.sequence(deep - 1)}|${this.sequence(deep - 1)})` : "b";
  }
  group(deep) {
    const number = ++this.groups, name = this.chance(0.3) ? `n${number}` : null;
    const inner = this.either(deep - 1);
    this.closed.push(number);
    if (name) this.named.push(name);
    return name ? `(?P<${name}>${inner})` : `(${inner})`;
  }

  pattern() {
    const pattern = (this.chance(0.1) ? this.pick(["(?i)", "(?s)", "(?m)", "(?x)", "(?a)", "(?im)"]) : "") + this.either(2);
    if (!this.chance(1 / 6)) return pattern;
    const at = Math.floor(this.random() * (pattern.length + 1));
    return pattern.slice(0, at) + this.pick(SLIPS) + pattern.slice(this.chance(0.5) ? at : at + 1);
  }
  text() {
    return this.times(0, 11, () => this.pick([..."aabbAB1_ \n", "é", "É", "ſ"]));
  }
  program() {
    const flags = this.chance(0.4) ? `, re.${this.pick(["I", "M", "S", "A", "X", "I | re.M", "I | re.A"])}` : "";
    const texts = ["", this.text(), this.text()].map((text) => JSON.stringify(text)).join(", ");
    const lines = ["import re", `p = re.compile(${JSON.stringify(this.pattern())}${flags})`, "print(p, p.groups, dict(p.groupindex))", `for t in ${texts}:`,
      "    print([(m.span(), m.groups(), m.lastindex, m.lastgroup) for m in p.finditer(t)])"];
    const asked = ["p.findall(t)", "p.split(t)", "p.split(t, 1)", "p.match(t)", "p.fullmatch(t)", "p.search(t, 1)", "p.search(t, 1, 4)", "p.match(t, 2)",
      `p.subn(${JSON.stringify(this.pick(TEMPLATES))}, t)`, `p.sub(${JSON.stringify(this.pick(TEMPLATES))}, t, 2)`, "p.sub(lambda m: m[0].upper(), t)"];
    for (let count = 0; count < 3; ++count) lines.push(`    print(${this.pick(asked)})`);
    return lines;
  }
}

/** [{lines}], the same for the same seed. */
export function drawPatterns({ seed = 1, count = 1000 }) {
  return Array.from({ length: count }, (_, k) => ({ seed: k, lines: new Drawer(randomOf(`regex ${seed} ${k}`)).program() }));
}
