"""Writes the public names of PyTorch's modules, so that nabla can tell a name it lacks from a typo.

    /usr/bin/python3 scripts/pytorch_names.py    (needs Debian's python3-torch)
"""

import pathlib
import types

import torch
import torch.autograd
import torch.nn.functional
import torch.optim.lr_scheduler

PLACES = {
    "torch": torch,
    "Tensor": torch.Tensor,
    "torch.nn": torch.nn,
    "torch.nn.functional": torch.nn.functional,
    "torch.nn.init": torch.nn.init,
    "torch.optim": torch.optim,
    "torch.optim.lr_scheduler": torch.optim.lr_scheduler,
    "torch.autograd": torch.autograd,
    "torch.linalg": torch.linalg,
    "torch.special": torch.special,
}
# Names that these modules only happen to see: Python's own modules and typing's words.
FOREIGN = {"typing", "builtins", "math", "os", "sys", "warnings", "functools", "importlib", "inspect", "ctypes", "glob", "platform", "textwrap"}


def public(place):
    def belongs(name):
        value = getattr(place, name)
        module = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", None)
        return (module or "torch").split(".")[0] not in FOREIGN

    return [name for name in dir(place) if not name.startswith("_") and belongs(name)]


def main():
    rows = "".join(f'    {{"{name}", R"( {" ".join(public(place))} )"}},\n' for name, place in PLACES.items())
    target = pathlib.Path(__file__).parent.parent / "engine" / "torch" / "pytorch_names.inc"
    target.write_text(f"// Written by scripts/pytorch_names.py from PyTorch {torch.__version__}: module, then its public names.\n{rows}")


main()
