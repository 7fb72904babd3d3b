"""Writes down what PyTorch has, so that nabla can tell a name it lacks from a typo and say how much of PyTorch it is.

    /usr/bin/python3 scripts/pytorch_names.py    (needs Debian's python3-torch)

engine/torch/pytorch_names.inc gets the public names of PyTorch's modules; tests/parity/pytorch.json, for the places that docs/parity.md
tells of, also the parameters of each function. `npm run parity` makes docs/parity.md from the latter.
"""

import inspect
import json
import pathlib
import re
import types

import torch
import torch.autograd
import torch.distributions
import torch.nn.functional
import torch.nn.utils.prune
import torch.optim.lr_scheduler
import torch.utils.data

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
# Known as PyTorch's too, but not told of in docs/parity.md.
ALSO = {
    "torch.cuda": torch.cuda,
    "torch.utils": torch.utils,
    "torch.utils.data": torch.utils.data,
    "torch.nn.utils": torch.nn.utils,
    "torch.distributions": torch.distributions,
}
# What came after the PyTorch that is asked here, and is often met.
NEWER = {
    "torch": "compile compiler mps xpu set_default_device get_default_device func export nested accelerator mtia is_inference vmap unravel_index",
    "Tensor": "register_post_accumulate_grad_hook is_inference",
    "torch.nn": "RMSNorm ZeroPad1d ZeroPad3d CircularPad1d CircularPad2d CircularPad3d attention",
    "torch.nn.functional": "scaled_dot_product_attention rms_norm",
    "torch.utils": "tensorboard data checkpoint benchmark bundled_inputs cpp_extension dlpack mkldnn mobile_optimizer model_zoo",
    "torch.nn.utils": "prune rnn parametrize parametrizations stateless",
}
# Names that these modules only happen to see: Python's own modules and typing's words.
FOREIGN = {"typing", "builtins", "math", "os", "sys", "warnings", "functools", "importlib", "inspect", "ctypes", "glob", "platform", "textwrap"}
# Parts of PyTorch's own works, or notes for its documentation, that no program names.
INNER = re.compile(r"torch_function|_notes$|^common_|^multi_dim_common$|^[a-z]+_common_args$|BroadcastingList|_MODES$|TYPE_CHECKING|EPOCH_DEPRECATION|^(utils|torch|types|weakref|inf"
                   r"|bisect_right|Counter|factory_kwargs|reproducibility_notes|handle_.*|parse_.*|classproperty)$")
# Names of torch that its own functions call: other libraries, quantization, the halves of operators.
WORKS = re.compile(r"^(cudnn|miopen|mkldnn|fbgemm|quantize|fake_quantize|native|batch_norm_|fused_|import_ir|has_|unify|merge_type|choose_qparams|empty_quantized"
                   r"|affine_grid_generator|grid_sampler|embedding_renorm|segment_reduce|norm_except_dim|sparse_)|autocast|vital|_copy$|_quantized|^q?u?int\dx\d")


def public(place):
    def belongs(name):
        value = getattr(place, name)
        module = value.__name__ if isinstance(value, types.ModuleType) else getattr(value, "__module__", None)
        return (module or "torch").split(".")[0] not in FOREIGN

    return [name for name in dir(place) if not name.startswith("_") and belongs(name)]


def offered(place, name):
    """Is it for programs? torch also shows the classes of its compiler, which stand in no list."""
    value = getattr(place, name)
    if INNER.search(name):
        return False
    if place is not torch:
        return True
    of_compiler = name[0].isupper() and name not in ("Tensor", "Size", "Generator") and not name.endswith("Tensor")
    if of_compiler or WORKS.search(name):
        return False
    return name in torch.__all__ or isinstance(value, (torch.dtype, types.ModuleType)) or hasattr(torch._C._VariableFunctions, name)


SCHEMAS = {}  # of each operator: the parameters of all its forms for tensors
for schema in torch._C._jit_get_all_schemas():
    kinds = [str(one.type) for one in schema.arguments]
    if not schema.name.startswith("aten::") or (kinds and not any("Tensor" in kind or "Device" in kind for kind in kinds)) or "t" in kinds or "t[]" in kinds:
        continue
    SCHEMAS.setdefault(schema.name[6:], {}).update(
        dict.fromkeys("input" if one.name == "self" else "out" if one.is_out else one.name for one in schema.arguments))


def parameters(place, name, value):
    """The names of a function's parameters, of all its call forms; None for what is no function."""
    if isinstance(value, (type, types.ModuleType)) or not callable(value):
        return None
    try:
        return [p.name for p in inspect.signature(value).parameters.values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
    except (TypeError, ValueError):
        prefix = place[6:] + "_" if place in ("torch.linalg", "torch.special") else ""
        names = SCHEMAS.get(prefix + name, {})
        return [one for one in names if one != "out" or place in ("torch", "torch.linalg", "torch.special")]


def main():
    root = pathlib.Path(__file__).parent.parent
    rows = "".join(f'"{name}: {" ".join(sorted({*public(place), *NEWER.get(name, "").split()}))} \\n"\n' for name, place in {**PLACES, **ALSO}.items())
    (root / "engine" / "torch" / "pytorch_names.inc").write_text(
        f"// Written by scripts/pytorch_names.py from PyTorch {torch.__version__}: a line for each module, its public names with a space before and behind each.\n{rows}")
    places = {name: {one: parameters(name, one, getattr(place, one)) for one in public(place) if offered(place, one)} for name, place in PLACES.items()}
    lines = ",\n".join(f"  {json.dumps(name)}: {{\n" + ",\n".join(f"    {json.dumps(one)}: {json.dumps(what)}" for one, what in names.items()) + "\n  }"
                       for name, names in places.items())
    target = root / "tests" / "parity" / "pytorch.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{{\n  \"version\": \"{torch.__version__}\",\n{lines}\n}}\n")


main()
