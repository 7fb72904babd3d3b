# torch.storage: the memory behind tensors, as x.storage() shows it.
import torch as _torch


class TypedStorage:
    __module__ = 'torch.storage'

    def __init__(self, flat):
        self._flat = flat  # all elements, over the same memory

    @property
    def dtype(self):
        return self._flat.dtype

    @property
    def device(self):
        return self._flat.device

    def size(self):
        return len(self._flat)

    __len__ = size

    def data_ptr(self):
        return self._flat.data_ptr()

    def tolist(self):
        return self._flat.tolist()

    def __iter__(self):
        return iter(self.tolist())

    def __getitem__(self, at):
        if isinstance(at, slice):
            return TypedStorage(self._flat[at])
        if not isinstance(at, int):
            raise TypeError(f"can't index a <class 'torch.storage.TypedStorage'> with {type(at)}")
        if not -len(self._flat) <= at < len(self._flat):
            raise IndexError(f'index {at} out of range for storage of size {len(self._flat)}')
        return self._flat[at].item()

    def __setitem__(self, at, value):
        self._flat[at] = value

    def fill_(self, value):
        self._flat.fill_(value)
        return self

    def nbytes(self):
        return len(self._flat) * self._flat.element_size()

    def element_size(self):
        return self._flat.element_size()

    def clone(self):
        return type(self)(self._flat.clone())

    __copy__ = clone

    def __deepcopy__(self, memo):
        from torch._utils import _storage_copy
        return _storage_copy(self, memo)

    def is_shared(self):
        return False

    def __str__(self):
        lines = [f' {value}' for value in self.tolist()]
        return '\n'.join(lines + [f'[torch.storage.TypedStorage(dtype={self.dtype}, device={self.device}) of size {len(self)}]'])

    __repr__ = __str__


Storage = TypedStorage
