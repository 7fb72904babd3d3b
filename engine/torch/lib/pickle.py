# pickle: the bytes are those of torch.save, which no other program reads.
import io

import torch

DEFAULT_PROTOCOL = 4
HIGHEST_PROTOCOL = 5


def dump(obj, file, protocol=None, *, fix_imports=True):
    torch.save(obj, file)


def dumps(obj, protocol=None, *, fix_imports=True):
    file = io.BytesIO()
    torch.save(obj, file)
    return file.getvalue()


def load(file, *, fix_imports=True, encoding='ASCII', errors='strict'):
    return torch.load(file)


def loads(data, *, fix_imports=True, encoding='ASCII', errors='strict'):
    return torch.load(io.BytesIO(data))
