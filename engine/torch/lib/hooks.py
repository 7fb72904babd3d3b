# torch.utils.hooks: the handle of a hook on a module, and what says that a hook need not be saved.
from torch.nn.modules.module import RemovableHandle


def unserializable_hook(f):
    f.__torch_unserializable__ = True
    return f
