# Modules as functions of their parameters: functional_call, and the states of several models stacked for vmap.
import torch


def _named(module):
    """All parameters and buffers, each under all of its names."""
    return {f'{path}.{name}' if path else name: value for path, place in module.named_modules(remove_duplicate=False)
            for held in (place._parameters, place._buffers) for name, value in held.items() if value is not None}


def functional_call(module, parameter_and_buffer_dicts, args=None, kwargs=None, *, tie_weights=True, strict=False):
    if isinstance(parameter_and_buffer_dicts, dict):
        values = parameter_and_buffer_dicts
    elif isinstance(parameter_and_buffer_dicts, (tuple, list)):
        if not all(isinstance(one, dict) for one in parameter_and_buffer_dicts):
            raise ValueError('Expected all elements of parameter_and_buffer_dicts to be dictionaries')
        keys = [key for one in parameter_and_buffer_dicts for key in one]
        twice = tuple(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        if twice:
            raise ValueError(f'{list(twice)} appeared in multiple dictionaries; behavior of functional call is ambiguous')
        values = {key: value for one in parameter_and_buffer_dicts for key, value in one.items()}
    else:
        raise ValueError(f'Expected parameter_and_buffer_dicts to be a dict, or a list/tuple of dicts, but got {type(parameter_and_buffer_dicts)}')
    own = _named(module)
    if tie_weights:
        values = {other: value for name, value in values.items()
                  for other in ([n for n, x in own.items() if x is own[name]] if name in own else [name])}
    if strict:
        told = [f'{what} key(s): ' + ', '.join(map(repr, keys)) + '.' for what, keys in (('Unexpected', [n for n in values if n not in own]),
                                                                                        ('Missing', [n for n in own if n not in values])) if keys]
        if told:
            raise RuntimeError(f'Error(s) in loading state_dict for {type(module).__name__}:\n\t' + '\n\t'.join(told))
    before = []
    try:
        for name, value in values.items():
            path, _, last = name.rpartition('.')
            place = module.get_submodule(path) if path else module
            held = place._parameters if last in place._parameters else place._buffers
            if last in held:
                before.append((held, last, held[last]))
                held[last] = value
        return module(*(() if args is None else args if isinstance(args, tuple) else (args,)), **(kwargs or {}))
    finally:
        for held, last, value in reversed(before):
            held[last] = value


def stack_module_state(models):
    if len(models) == 0:
        raise RuntimeError('stack_module_state: Expected at least one model, got 0.')
    if not (all(model.training for model in models) or all(not model.training for model in models)):
        raise RuntimeError('stack_module_state: Expected all models to have the same training/eval mode.')
    if not all(type(model) is type(models[0]) for model in models):
        raise RuntimeError('stack_module_state: Expected all models to be of the same class.')

    def stacked(states):
        out = {}
        for name in states[0]:
            tensors = [state[name] for state in states]
            tracked = [x.requires_grad for x in tensors]
            if any(tracked) and not all(tracked):
                raise RuntimeError(f'Expected {name} from each model to have the same .requires_grad')
            out[name] = torch.stack(tensors).detach().requires_grad_(all(tracked))
        return out
    return stacked([dict(model.named_parameters()) for model in models]), stacked([dict(model.named_buffers()) for model in models])
