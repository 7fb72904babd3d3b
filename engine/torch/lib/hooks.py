# torch.utils.hooks: the handle of a hook, and what says that a hook need not be saved.
from collections import OrderedDict


class RemovableHandle:
    next_id = 0

    def __init__(self, hooks_dict):
        self.hooks_dict_ref = lambda: hooks_dict
        self.id = RemovableHandle.next_id
        RemovableHandle.next_id += 1

    def remove(self):
        hooks = self.hooks_dict_ref()
        if hooks is not None:
            hooks.pop(self.id, None)

    def __enter__(self):
        return self

    def __exit__(self, type, value, tb):
        self.remove()


def _register_hook(hooks, hook):
    if hooks is None:
        hooks = OrderedDict()
    handle = RemovableHandle(hooks)
    hooks[handle.id] = hook
    return hooks, handle


def unserializable_hook(f):
    f.__torch_unserializable__ = True
    return f
