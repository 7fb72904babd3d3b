# The leaves of a program by a name each: those bound to a name, those in a list, and the parameters of modules.
def leaves_of(names):
    out = {}

    def add(name, value):
        if value.is_leaf and value.requires_grad and value.is_floating_point() and all(value is not other for other in out.values()):
            out[name] = value

    for name, value in names.items():
        if name[0] == "_":
            continue
        if isinstance(value, torch.Tensor):
            add(name, value)
        elif isinstance(value, (list, tuple)) and len(value) <= 64:
            for i, item in enumerate(value):
                if isinstance(item, torch.Tensor):
                    add(name + "[" + str(i) + "]", item)
        elif hasattr(value, "named_parameters") and not isinstance(value, type):
            for inner, parameter in value.named_parameters():
                add(name + "." + inner, parameter)
    return out
