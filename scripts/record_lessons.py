#!/usr/bin/python3
"""Records what real PyTorch prints for the code cells of the lessons (web/src/lessons), and holds their challenges to it.

    npm run record:lessons            writes tests/lessons/recorded.json
    npm run record:lessons -- --check changes nothing; exit 1 if it is not what PyTorch gives

Cells run as in a notebook: one namespace, and the value of a last expression is echoed. Every attempt in tests/lessons/*.md that passes is run as
well, in the place of its cell: what its challenge expects must be what PyTorch computes.
"""

import ast
import contextlib
import io
import json
import linecache
import re
import sys
import warnings
from pathlib import Path

import torch

ROOT = Path(__file__).resolve().parent.parent
LESSONS = ROOT / "web" / "src" / "lessons"
ATTEMPTS = ROOT / "tests" / "lessons"
RECORDED = ATTEMPTS / "recorded.json"
FENCE = re.compile(r"^```(python|challenge ?[\w-]*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run_cell(source, namespace, name):
    """What the cell printed, echoed and warned of."""
    tree = ast.parse(source)
    last = ast.Expression(tree.body.pop().value) if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    out, result = io.StringIO(), None
    with contextlib.redirect_stdout(out), warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        exec(compile(tree, name, "exec"), namespace)
        if last is not None:
            result = eval(compile(last, name, "eval"), namespace)
    words = [f"{w.category.__name__}: {re.sub(r' .Triggered internally at .*', '', str(w.message))}" for w in caught]
    return {"stdout": out.getvalue(), "result": "" if result is None else repr(result) + "\n", "warnings": words}


def pieces(path):
    """The code cells of a lesson in order, and its challenges: by id, what they expect and the index of the cell after them."""
    cells, challenges = [], {}
    for kind, body in FENCE.findall(path.read_text("utf-8")):
        if kind == "python":
            cells.append(body.removesuffix("\n"))
        else:
            challenges[kind.split()[1]] = (re.findall(r"^expect (.+)$", body, re.MULTILINE), len(cells))
    return cells, challenges


def attempts(path):
    """The code that passes, by the id of its challenge."""
    found = {}
    for section in re.split(r"^## ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
        passing = re.search(r"^Passes:?\n+```python\n(.*?)^```$", section, re.DOTALL | re.MULTILINE)
        if passing:
            found[section.split()[0]] = passing[1].removesuffix("\n")
    return found


def holds(expectation, namespace):
    """One line of what a challenge expects, put to PyTorch; None for lines that only the page's trace can answer."""
    match = re.match(r"([\w.]+) (=|<=|>=|<|>) (.+?)(?: ± (\S+))?$", expectation)
    if not match or match[1] in ("steps", "gradients") or match[1].endswith(".accumulated"):
        return None
    value, wanted = eval(match[1], namespace), ast.literal_eval(match[3])
    if match[2] != "=":
        return bool(eval(f"float(value) {match[2]} wanted", {"value": value, "wanted": wanted}))
    if isinstance(value, torch.Tensor):
        return torch.allclose(value.detach().double(), torch.tensor(wanted).double(), rtol=1e-4, atol=float(match[4] or 1e-6))
    return list(value) == wanted if isinstance(value, torch.Size) else value == wanted


def main():
    recorded, wrong = {}, []
    for path in sorted(LESSONS.glob("*.md")):
        cells, challenges = pieces(path)
        namespace = {"__name__": "__main__"}
        recorded[path.stem] = [run_cell(source, namespace, f"<cell {i + 1}>") for i, source in enumerate(cells)]
        solutions = attempts(ATTEMPTS / path.name)
        wrong += [f"{path.stem}: no attempt at {name} passes" for name in challenges.keys() - solutions.keys()]
        for name, source in solutions.items():
            expectations, index = challenges[name]
            namespace = {"__name__": "__main__"}
            for i, cell in enumerate(cells[: index + 1]):
                run_cell(source if i == index else cell, namespace, f"<cell {i + 1}>")
            wrong += [f"{path.stem}, {name}: PyTorch does not give {e}" for e in expectations if holds(e, namespace) is False]
    text = json.dumps(recorded, indent=1, ensure_ascii=False) + "\n"
    out_of_date = not RECORDED.exists() or RECORDED.read_text("utf-8") != text
    if "--check" not in sys.argv:
        RECORDED.write_text(text, "utf-8")
    elif out_of_date:
        wrong.append("tests/lessons/recorded.json is not what PyTorch prints")
    print("\n".join(wrong) or f"{len(recorded)} lessons, {sum(map(len, recorded.values()))} cells")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
