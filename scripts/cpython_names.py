#!/usr/bin/python3
"""Writes engine/python/lib/_absent.py: what CPython's standard library has and nabla has not, so that nabla can say so by name.

    ninja -C build/native nabla_native && /usr/bin/python3 scripts/cpython_names.py

The modules are CPython's own list; the names in them are told for the modules that nabla has, but for constants of the system in capitals. So are matplotlib's; numpy has words of its own.
"""

import importlib
import subprocess
import sys
import tempfile
import textwrap
import types
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOT_NAMED = ("os", "sys", "gc", "builtins")  # of these, no name in capitals
# What teaching code imports and that is no part of Python.
OTHERS = ("torchvision torchaudio torchtext pandas sklearn scipy seaborn PIL requests keras tensorflow jax plotly ipywidgets d2l cv2 transformers datasets lightning "
          "pytorch_lightning wandb einops sympy networkx numba").split()
LIBRARIES = ["matplotlib", "matplotlib.pyplot"]
OBJECTS = {"matplotlib.axes.Axes": "plt.gca()", "matplotlib.figure.Figure": "plt.gcf()"}
warnings.simplefilter("ignore")


def ask(program):
    """What a program prints on nabla."""
    with tempfile.NamedTemporaryFile("w", suffix=".py") as file:
        file.write(program)
        file.flush()
        return subprocess.run([ROOT / "build/native/nabla_native", file.name], capture_output=True, text=True, check=True).stdout


def names_of(name):
    path, _, last = name.rpartition(".")
    module = getattr(importlib.import_module(path), last) if name in OBJECTS else importlib.import_module(name)
    names = set(getattr(module, "__all__", ())) | {one for one in dir(module) if not one.startswith("_")}
    return sorted(one for one in names if not isinstance(getattr(module, one, None), types.ModuleType) and not (name in NOT_NAMED and one.isupper()))


PROGRAM = """
import matplotlib.pyplot as plt

def look(name, object, names):
    print(name, *[one for one in names if not hasattr(object, one)])

def tell(module, names):
    space = {}
    try:
        exec(f"import {module} as m", space)
    except ImportError:
        print(module)
        return
    if names:
        look(module, space["m"], names)
"""

modules = sorted(name for name in sys.stdlib_module_names if not name.startswith("_") and name not in ("this", "antigravity", "idlelib", "lib2to3"))
missing = {line.split()[0] for line in ask(PROGRAM + "".join(f"tell({name!r}, [])\n" for name in modules + OTHERS)).splitlines()}
here = [name for name in modules if name not in missing and name not in ("builtins", "__future__", "pickle")] + ["collections.abc", *LIBRARIES]
asked = [f"tell({name!r}, {names_of(name)!r})\n" for name in here] + [f"look({name!r}, {object}, {names_of(name)!r})\n" for name, object in OBJECTS.items()]
lines = [line.split() for line in ask(PROGRAM + "".join(asked)).splitlines()]


def wrapped(words):
    return "\n".join(f"    {line}" for line in textwrap.wrap(" ".join(words), 170))


text = '''# What CPython's standard library (and what else teaching code imports) has and nabla has not: told by name. Written by scripts/cpython_names.py.
MODULES = """
%s
"""
NAMES = {
%s}

def is_absent(module, name):
    """Whether CPython's module has that name, or with no module, whether there is a module of that name."""
    return name in (NAMES.get(module, "") if module else MODULES).split()
''' % (wrapped(sorted(missing)), "".join(f'    "{module}": """\n{wrapped(names)}\n""",\n' for module, *names in lines if names))
(ROOT / "engine/python/lib/_absent.py").write_text(text)
