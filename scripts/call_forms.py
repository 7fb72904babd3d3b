#!/usr/bin/env python3
"""Writes engine/torch/lib/call_forms.py: the call forms that PyTorch knows of each operator that nabla has, as its messages list them.

Needs PyTorch (Debian: python3-torch) and build/native/list_ops; the command is `python3 scripts/call_forms.py`. Each name is called with many
senseless arguments: the message tells its forms, or how many arguments its only form takes. What a message leaves out (which parameters are
optional) comes from the texts of these forms in PyTorch's library.
"""
import inspect
import json
import pathlib
import re
import subprocess

import torch

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "engine/torch/lib/call_forms.py"
MANY = 25
SHORT = {"int64_t": "int", "double": "float", "Scalar": "Number", "IntArrayRef": "ints", "SymIntArrayRef": "SymInts", "TensorList": "Tensors", "ScalarType": "dtype",
         "Dimname": "name", "DimnameList": "names", "c10::string_view": "str", "std::string": "str", "ArrayRef<double>": "floats", "ScalarList": "Scalars", "c10::List<c10::optional<Tensor>>": "Tensors"}
LONG = {"ints": "tuple of ints", "SymInts": "tuple of SymInts", "Tensors": "tuple of Tensors", "dtype": "torch.dtype", "Layout": "torch.layout", "Device": "torch.device",
        "MemoryFormat": "torch.memory_format", "Generator": "torch.Generator", "names": "tuple of names", "Storage": "torch.Storage", "PyObject*": "object", "floats": "tuple of floats", "Scalars": "tuple of Scalars"}
FACTORY = "dtype? dtype=, Layout? layout=, Device? device=, bool? pin_memory=, bool? requires_grad="
FORM = re.compile(r"(\w+)\((.*)\)(\|deprecated|\|hidden)?")
# Of several texts that would do, the one that is meant.
KNOWN = {"Tensor.equal": "(Tensor other)", "Tensor.mul": "(Tensor other)", "torch.det": "(Tensor input)", "torch.t": "(Tensor input)", "torch.dropout": "(Tensor input, float p, bool train)"}

# Operators in C that only functions in Python call (lib/python_functions.py).
WITHIN = """col2im im2col upsample_nearest1d upsample_nearest2d upsample_nearest3d upsample_linear1d upsample_bilinear2d upsample_trilinear3d upsample_bicubic2d
 elu_ hardtanh_ leaky_relu_ relu6_ hardsigmoid_ hardswish_ silu_ mish_ feature_dropout feature_dropout_ max_pool1d_with_indices tensordot cdist atleast_1d atleast_2d
 atleast_3d norm frobenius_norm nuclear_norm unique_dim _unique2 unique_consecutive split split_with_sizes einsum meshgrid block_diag broadcast_tensors cartesian_prod
 chain_matmul"""


class S:  # a short name: messages are cut off at 1,023 characters
    pass


def parts_of(inside):
    return re.split(r", (?![^()\[\]]*[\]\)])", inside) if inside else []


def short(inside):
    """"Tensor input, Scalar alpha=1" -> "Tensor input, Number alpha=": what is optional has a sign of equality or a question mark."""
    out = []
    for part in parts_of(inside):
        if part != "*":
            kind, name = part.split(" ", 1)
            bare = re.match(r"[^\[\]?]+", kind)[0]
            nothing = "?" if name.endswith("=None") and "?" not in kind else ""
            part = f"{SHORT.get(bare, bare)}{'[]' if '[' in kind else ''}{'?' if '?' in kind else nothing} {re.sub('=.*', '=', name)}"
        out.append(part)
    return ", ".join(out)


def listed(form):
    """A form as messages list it."""
    out = []
    for part in parts_of(form):
        kind, _, name = part.partition(" ")
        bare = re.match(r"[^\[\]?]+", kind)[0]
        out.append(part if part == "*" else f"{LONG.get(bare, bare)} {name.rstrip('=')}")
    return "(" + ", ".join(out) + ")"


def texts_in_library():
    library = pathlib.Path(torch.__file__).parent / "lib/libtorch_python.so"
    found = set()
    for text in re.findall(rb"[ -~]{6,}", library.read_bytes()):
        if re.search(rb"\w\(.*\)(\||$)", text):
            found.add(text.decode())
    return sorted(found)


TEXTS = texts_in_library()


def texts_of(name):
    """The forms in the library of that name: [(short form, is it hidden?)]. The linker keeps a text that ends another one only there."""
    own, tails = [], []
    for text in TEXTS:
        at = text.find(name + "(")
        if at < 0 or (at and not text[at - 1].isalnum() and text[at - 1] != "_"):
            continue
        match = FORM.fullmatch(text[at:])
        if match and all(part == "*" or " " in part for part in parts_of(match[2])):
            (tails if at else own).append((short(match[2]), bool(match[3])))
    return own, [tail for tail in tails if tail not in own]


def forms_of(place, name, function):
    """"add|(...)|..." with the name that messages use; None for what is no parser of PyTorch's."""
    if inspect.isfunction(function):
        return None
    try:
        function(*[S() for _ in range(MANY)])
        return None
    except TypeError as error:
        said = str(error)
    if "takes no arguments" in said or "got an unexpected" in said:
        return None
    match = re.match(r"(\w+)\(\)", said)
    if not match:
        return None
    inner = match[1]
    own, tails = texts_of(inner)
    is_method = place == "Tensor."

    def is_right(form):
        return form.startswith("Tensor input") != is_method

    several = re.search(r"but expected (one of:\n)?((?:.|\n)*)", said)
    if several:
        shown = re.findall(r" \* (\(.*\))", several[2]) if several[1] else [several[2].strip()]
        out = [f"({form})~" for form, hidden in own if hidden and ("Tensor input" in form) != is_method]
        for line in shown:
            fitting = [form for form, hidden in own + tails if not hidden and listed(form) == line] or ([""] if line == "()" else [])
            if not fitting:
                raise SystemExit(f"{place}{name}: no text is {line}")
            out.append(f"({fitting[0]})")
    elif place + name in KNOWN:
        out = [KNOWN[place + name]]
    else:
        count = re.search(r"takes (?:from \d+ to )?(\d+) positional", said)
        most = int(count[1]) if count else 1  # of numbers, one by one
        fitting = [form for form, hidden in own + tails if not hidden and len(parts_of(form.split("*, ")[0].rstrip(", *"))) == most]
        fitting = list(dict.fromkeys(fitting))
        exact = [form for form, _ in own if form in fitting]
        fitting = [form for form in exact if is_right(form)] or [form for form in fitting if is_right(form)] or exact or fitting
        if len(fitting) > 1:
            fitting = [form for form in fitting if ("Tensor out=" in form) != (is_method or name.endswith("_"))]
        if len(fitting) != 1:
            raise SystemExit(f"{place}{name}: which form? {fitting}")
        out = [f"({fitting[0]})"]
    return ("" if inner == name else inner) + "|" + "|".join(out)


def names():
    ops = json.loads(subprocess.run([ROOT / "build/native/list_ops"], capture_output=True, text=True, check=True).stdout)
    x = torch.ones(2)
    for name in sorted({name for op in ops for name in [op["name"], *op["aliases"]]}):
        for prefix, place, module in (("linalg_", "linalg_", torch.linalg), ("special_", "special_", torch.special), ("", "torch.", torch), ("", "F.", torch.nn.functional)):
            if name.startswith(prefix) and hasattr(module, name[len(prefix):]):
                yield place, name[len(prefix):], getattr(module, name[len(prefix):])
                if prefix:
                    break
        for inner in (name, name + "_loss", name + "_nd", "log_sigmoid"):
            if inspect.isfunction(getattr(torch.nn.functional, name, None)) and hasattr(torch._C._nn, inner):
                yield "_nn.", inner, getattr(torch._C._nn, inner)
        if hasattr(torch, name + "_"):
            yield "torch.", name + "_", getattr(torch, name + "_")
        for method in (name, name + "_"):
            if hasattr(torch.Tensor, method):
                of_class = getattr(torch.Tensor, method)
                yield "Tensor.", method, getattr(x, method) if inspect.ismethoddescriptor(of_class) else of_class
    for inner in WITHIN.split():
        yield "_VF.", inner, getattr(torch._C._nn, inner, None) or getattr(torch._C._VariableFunctions, inner)
    yield "Tensor.", "_unflatten", super(torch.Tensor, x).unflatten
    yield "Tensor.", "new", torch.Tensor
    for method in ("size", "stride", "to", "numpy", "float", "new_empty", "new_zeros", "new_ones", "new_full"):
        yield "Tensor.", method, getattr(x, method)


def main():
    lines, seen = [], set()
    for place, name, function in names():
        if place + name in seen or not callable(function) or inspect.ismodule(function):
            continue
        seen.add(place + name)
        forms = forms_of(place, name, function)
        if forms:
            lines.append(place + name + ":" + forms.replace(FACTORY, "&"))
    TABLE.write_text('# The call forms that PyTorch 1.13 knows of each operator, for call_words.py. Written by scripts/call_forms.py.\nFORMS = """\n' + "\n".join(sorted(set(lines))) + '\n"""\n')
    print(len(lines), "names")


main()
