// Figures: plain data in the output, SVG files from the command line, and limits.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { figureSvg } from "../../build/package/figures.js";
import { readScript } from "../../build/package/formats.js";
import { loadEngineInNode } from "../../build/package/node.js";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const count = (text, pattern) => [...text.matchAll(pattern)].length;

describe("figures in the output", () => {
  let engine;
  before(async () => void (engine = await loadEngineInNode()));
  after(() => engine.close());

  const run = (...cells) => engine.run({ kind: "notebook", name: "test", cells: cells.map((source) => ({ kind: "code", source })) });
  const figures = (trace, cell = 0) => trace.cells[cell].outputs.filter(({ kind }) => kind === "figure").map(({ text }) => JSON.parse(text));
  const draw = (...lines) => figures(run(["import numpy as np, matplotlib.pyplot as plt", ...lines].join("\n")));

  test("a cell that plots has a figure, without show(), and the next cell begins a new one", () => {
    const trace = run("import matplotlib.pyplot as plt\nplt.plot([1, 4, 9], label='squares')\nplt.legend();", "plt.plot([2], 'o');");
    const [figure] = figures(trace);
    assert.equal(trace.error, null);
    assert.deepEqual(figure.axes[0].marks.map(({ kind, x, y, color, label }) => ({ kind, x, y, color, label })), [{ kind: "line", x: [0, 1, 2], y: [1, 4, 9], color: "#1f77b4", label: "squares" }]);
    assert.equal(figure.axes[0].legend, "best");
    assert.deepEqual(figures(trace, 1)[0].axes[0].marks[0].x, [0]);
  });

  test("a figure drawn again while the program runs takes its own place", () => {
    const shown = draw("for i in range(5):", "    plt.cla()", "    plt.plot([0, i])", "    plt.pause(0.01)", "plt.show()");
    assert.equal(shown.length, 1);
    assert.deepEqual(shown[0].axes[0].marks[0].y, [0, 4]);
  });

  test("long curves are thinned out and large images made coarser, and what is not finite is null", () => {
    const [{ axes }] = draw("plt.plot(np.arange(100000))", "plt.figure", "plt.plot([1, np.nan, np.inf])", "plt.imshow(np.zeros((900, 900)))");
    assert.equal(axes[0].marks[0].x.length, 4000);
    assert.deepEqual(axes[0].marks[1].y, [1, null, null]);
    assert.ok(axes[0].marks[2].rows * axes[0].marks[2].columns <= 40000);
  });

  test("a program may show sixty figures, not more", () => {
    const trace = run("import matplotlib.pyplot as plt\nfor i in range(99):\n    plt.figure()\n    plt.plot([i])\n    plt.show()");
    assert.equal(figures(trace).length, 60);
    assert.equal(trace.error.kind, "OutputLimitError");
  });

  test("arrays and what is computed with them are no part of the graph", () => {
    const trace = run("import torch, numpy as np\na = np.ones(3) * 2\nt = torch.from_numpy(np.sin(a)).requires_grad_()\ny = (t * t).sum()\ny.backward()");
    assert.deepEqual(trace.graph.operations.map(({ op }) => op).filter((op) => op !== "requires_grad_"), ["mul", "sum"]);
  });

  test("every kind of mark is drawn", () => {
    const [figure] = draw(
      "fig, ax = plt.subplots(2, 2)",
      "x = np.linspace(0, 3, 20)",
      "ax[0, 0].plot(x, x ** 2, 'r--o', label='a'); ax[0, 0].fill_between(x, x, 2 * x); ax[0, 0].legend(); ax[0, 0].set_title('<b> & \"c\"'); ax[0, 0].grid()",
      "ax[0, 0].errorbar([1], [2], yerr=1, fmt='s'); ax[0, 0].annotate('here', (1, 1), xytext=(2, 3), arrowprops={}); ax[0, 0].axvspan(1, 2, alpha=0.2)",
      "ax[0, 1].scatter(x, x, c=x, s=x * 9, cmap='plasma', marker='^'); ax[0, 1].axvline(1); ax[0, 1].set_yscale('log'); ax[0, 1].set_xticks([0, 1], ['zero', 'one'])",
      "ax[1, 0].bar(['u', 'v'], [1, 2]); ax[1, 0].barh([1], [2]); ax[1, 0].hist([1, 2, 2]); ax[1, 0].quiver([0], [0], [1], [1])",
      "m = ax[1, 1].contourf(np.outer(x, x)); ax[1, 1].contour(np.outer(x, x), colors='k'); ax[1, 1].imshow(np.ones((4, 4, 3)), extent=(0, 5, 0, 5)); fig.colorbar(m)",
    );
    const svg = figureSvg(figure);
    for (const label of ["line", "area", "link", "dot", "rect", "vector", "rule"]) assert.match(svg, new RegExp(`data-mark="${label}"`), label);
    assert.match(svg, /&lt;b&gt; &amp; /);
    for (const part of ["figure-legend", "figure-colorbar", "data:image/bmp", ">zero<", ">here<", 'role="img"']) assert.ok(svg.includes(part), part);
    assert.doesNotMatch(svg, /NaN|undefined|null/);
  });

  test("surfaces, wires and points in space are projected, the farther faces first", () => {
    const [{ axes }] = draw(
      "X, Y = np.meshgrid(np.linspace(-1, 1, 9), np.linspace(-1, 1, 9))",
      "ax = plt.figure().add_subplot(projection='3d'); ax.plot_surface(X, Y, X * Y, cmap='viridis'); ax.plot([0, 1], [0, 1], [0, 1], 'r'); ax.set_zlabel('height')",
      "plt.figure(); plt.axes(projection='3d').plot_surface(X, Y, X + Y, color='C1')",
      "plt.axes(projection='3d').plot_wireframe(X, Y, X); plt.gca().scatter([0], [0], [0], c='k')",
    );
    const faces = axes[0].marks.find(({ kind }) => kind === "faces");
    assert.equal(faces.x.length, 4 * 64);
    // Seen from x > 0, y < 0: the first face lies at x = -1, y = 1 where x y = -1, the last at x = 1, y = -1.
    assert.ok(Math.abs(faces.values[0] + 49 / 64) < 1e-5 && Math.abs(faces.values.at(-1) + 49 / 64) < 1e-5 && faces.y[0] > faces.y.at(-1));
    const svg = figureSvg({ id: 1, width: 640, height: 480, title: "", name: null, axes });
    assert.ok(svg.includes(">height<"));
    assert.doesNotMatch(svg, /NaN|undefined|null/);
  });

  test("axes with two scales share one place, a pie has wedges with names, shapes are drawn", () => {
    const [twins, pie] = draw(
      "fig, ax = plt.subplots(); ax.plot([0, 4], [0, 1], label='loss'); ax.twinx().plot([1, 2], [50, 90], label='accuracy'); ax.legend()",
      "plt.figure(); plt.pie([1, 3], labels=['few', 'many'], autopct='%d%%'); plt.gca().add_patch(plt.Circle((0, 0), 0.2, fill=False))",
    );
    assert.deepEqual(twins.axes.map(({ twin, xlim, place }) => [twin, xlim, place]), [[null, [-0.2, 4.2], [1, 1, 0, 0, 1, 1]], ["x", [-0.2, 4.2], [1, 1, 0, 0, 1, 1]]]);
    assert.equal(count(figureSvg(twins), /data-mark="y-axis tick label"/g), 2);
    assert.equal(count(figureSvg(twins), /data-mark="frame"/g), 1);
    assert.deepEqual(pie.axes[0].marks.filter(({ kind }) => kind === "text").map(({ text }) => text), ["few", "25%", "many", "75%"]);
    assert.equal(pie.axes[0].marks.filter(({ kind }) => kind === "polygon").length, 3);
  });

  test("an animation draws its frames into one figure, and the last one stays", () => {
    const shown = draw(
      "from matplotlib.animation import FuncAnimation",
      "fig, ax = plt.subplots(); line, = ax.plot([], []); drawn = []",
      "anim = FuncAnimation(fig, lambda i: (drawn.append(i), line.set_data([0, i], [0, i * i])), frames=7, interval=20)",
      "plt.show()",
      "assert drawn == list(range(7))",
    );
    assert.equal(shown.length, 1);
    assert.deepEqual(shown[0].axes[0].marks[0].y, [0, 36]);
  });

  test("the numbers beside an axis have as many digits as one another, and room", () => {
    const labels = (...lines) => [...figureSvg(draw(...lines)[0]).matchAll(/>([−\d.]+)</g)].map(([, text]) => text);
    assert.ok(labels("plt.plot([0, 1], [-2, 2]); plt.ylim(-2, 2)").includes("−1.5"));
    assert.deepEqual(labels("plt.plot([0, 1], [0.8, 1]); plt.xticks([]); plt.ylim(0.8, 1)").filter((text) => text.length !== 4), []);
  });

  test("empty, single, constant and broken data are drawn without a fault", () => {
    for (const line of ["plt.plot([], [])", "plt.plot([5])", "plt.plot([2, 2, 2])", "plt.plot([np.nan, np.nan])", "plt.hist([])", "plt.scatter([], [])", "plt.imshow(np.zeros((1, 1)))", "plt.semilogy([0, 0])", "plt.contourf(np.zeros((3, 3)))", "plt.plot([1e300, -1e300])", "plt.title('🎈 only')\nplt.plot([1])", "plt.xlim(5, 1)\nplt.plot([1, 2])"]) {
      const [figure] = draw(line);
      assert.doesNotMatch(figureSvg(figure), /NaN|undefined/, line);
    }
  });
});

describe("nabla run --figures", () => {
  const folder = mkdtempSync(join(tmpdir(), "nabla-"));
  after(() => rmSync(folder, { recursive: true }));

  test("every program that plots writes its figures as SVG", () => {
    for (const name of readdirSync(join(ROOT, "tests/programs/plots")).filter((name) => name.endsWith(".py"))) {
      const out = join(folder, name);
      const { status, stderr } = spawnSync(process.execPath, [join(ROOT, "wasm/nabla.mjs"), "run", "--figures", out, join(ROOT, "tests/programs/plots", name)], { encoding: "utf8" });
      assert.equal(status, 0, stderr);
      if (["limits.py", "mistakes.py"].includes(name)) continue;
      const files = readdirSync(out);
      assert.equal(files.length, 1, name);
      const svg = readFileSync(join(out, files[0]), "utf8");
      assert.match(svg, /^<svg /);
      assert.doesNotMatch(svg, /NaN|undefined/);
      if (name === "subplots.py") assert.equal(count(svg, /<svg /g), 5);
    }
  });

  test("a saved figure has the name that the program gave it; without --figures it is mentioned on stderr", () => {
    const program = join(folder, "save.py");
    writeFileSync(program, "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.savefig('loss curve.png')\nplt.show()\n");
    const nabla = (...words) => spawnSync(process.execPath, [join(ROOT, "wasm/nabla.mjs"), "run", ...words, program], { encoding: "utf8" });
    assert.equal(nabla("--figures", join(folder, "saved")).stderr, "");
    assert.deepEqual(readdirSync(join(folder, "saved")), ["loss_curve.svg"]);
    assert.equal(nabla().stderr, "nabla: 1 figure not shown; --figures DIR writes SVG files\n");
  });
});
