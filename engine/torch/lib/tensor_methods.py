# Methods and properties of torch.Tensor that few programs use: given to the class when the first is missed.
import torch as _torch


def _given(function):
    setattr(_torch.Tensor, function.__name__, function)
    return function


def _answers(names, value):
    """Properties that are the same for every tensor here."""
    for name in names.split():
        setattr(_torch.Tensor, name, property(lambda self, value=value: value))


def _says(names, value):
    for name in names.split():
        def method(self, value=value):
            return value
        method.__name__ = name
        _given(method)


_answers('is_cpu', True)
_answers('is_ipu is_mkldnn is_nested is_ort is_sparse_csr is_vulkan is_xpu', False)
_answers('name', None)
_says('has_names is_conj is_neg is_pinned is_shared is_distributed', False)


def _itself(names):
    for name in names.split():
        def method(self):
            return self
        method.__name__, method.__qualname__ = name, f'_TensorBase.{name}'
        _given(method)


# What does nothing without other devices, layouts and complex numbers.
_itself('conj conj_physical conj_physical_ resolve_conj resolve_neg share_memory_ to_dense')
_torch.Tensor.real = property(lambda self: self)


@property
def _imaginary(self):
    raise RuntimeError('imag is not implemented for tensors with non-complex dtypes.')


@property
def _adjoint(self):
    if self.dim() != 2:
        raise RuntimeError(f'tensor.H is only supported on matrices (2-D tensors). Got {self.dim()}-D tensor.' + (' For batches of matrices, consider using tensor.mH' if self.dim() > 2 else ''))
    return self.transpose(0, 1)


@property
def _names(self):
    return (None,) * self.dim()


_torch.Tensor.imag, _torch.Tensor.H, _torch.Tensor.names = _imaginary, _adjoint, _names


@_given
def is_set_to(self, tensor):
    return self.data_ptr() == tensor.data_ptr() and self.shape == tensor.shape and self.stride() == tensor.stride()


@_given
def angle(self):
    return _torch.angle(self)


@_given
def storage_type(self):
    return type(self.storage())


# ---- element by element, in Python

def _refuse_graph(self, name):
    if self.requires_grad:
        raise RuntimeError(f"Can't call {name}() on Variable that requires grad. Use var.detach().{name}() instead.")


def _fill_with(self, results):
    return self.copy_(_torch.tensor(results, dtype=self.dtype).view(self.shape)) if self.numel() else self


@_given
def apply_(self, callable):
    _refuse_graph(self, 'apply_')
    return _fill_with(self, [callable(x) for x in self.reshape(-1).tolist()])


def _mapped(self, name, tensors, callable):
    _refuse_graph(self, name)
    for other in tensors:
        if not isinstance(other, _torch.Tensor):
            raise TypeError(f"{name}(): argument '{'other' if len(tensors) == 1 else 'x'}' (position 1) must be Tensor, not {type(other).__name__}")
        _refuse_graph(other, name)
        if other.dtype != self.dtype:
            raise TypeError(f'{name}: expected {self.type()[6:]} for argument, but got {other.type()[6:]}')
    columns = [other.expand(self.shape).reshape(-1).tolist() for other in tensors]
    return _fill_with(self, [callable(*each) for each in zip(self.reshape(-1).tolist(), *columns)])


@_given
def map_(self, tensor, callable):
    return _mapped(self, 'map_', (tensor,), callable)


@_given
def map2_(self, x, y, callable):
    return _mapped(self, 'map2_', (x, y), callable)


# ---- in place

@_given
def float_power_(self, exponent):
    if self.dtype != _torch.float64:
        raise RuntimeError(f"the base given to float_power_ has dtype {self.type()[6:-6]} but the operation's result requires dtype Double")
    return self.pow_(exponent)


@_given
def fill_diagonal_(self, fill_value, wrap=False):
    """Writes along the main diagonal; with `wrap`, that of a tall matrix begins again below."""
    if self.dim() < 2:
        raise RuntimeError('dimensions must larger than 1')
    if self.dim() > 2 and len(set(self.shape)) > 1:
        raise RuntimeError('all dimensions of input must be of equal length')
    step, length = sum(self.stride()), min(self.shape)
    if self.numel():
        if wrap and self.dim() == 2 and self.size(0) > self.size(1) + 1:
            rows = _torch.arange(self.size(0))
            rows = rows[rows % (self.size(1) + 1) != self.size(1)]
            self[rows, _torch.arange(len(rows)) % self.size(1)] = fill_value
        else:
            self.as_strided((length,), (step,), self.storage_offset()).fill_(fill_value)
    return self


def _is_dual(x):
    ad = _torch.autograd.forward_ad
    return ad._is_open() and ad.unpack_dual(x).tangent is not None


def _size_given(args, keywords):
    """The size that is asked for: read as expand() reads it, which needs no memory."""
    try:
        return _torch.empty(()).expand(*args, **keywords).shape
    except TypeError as error:
        words = str(error).replace('expand()', 'resize_()')
    except RuntimeError:
        raise RuntimeError('numel: integer multiplication overflow') from None
    raise TypeError(words)


@_given
def resize_(self, *size, memory_format=None, **keywords):
    """Elements that were there stay; new ones are not set to anything."""
    from torch._utils import _resize
    size = _size_given(size, keywords)
    if memory_format is not None and not isinstance(memory_format, _torch.memory_format):
        raise TypeError(f"resize_(): argument 'memory_format' must be torch.memory_format, not {type(memory_format).__name__}")
    if memory_format is _torch.preserve_format:
        raise RuntimeError('Unsupported memory formatPreserve')
    if self.requires_grad:
        raise RuntimeError('cannot resize variables that require grad')
    _resize(self, size)
    if _is_dual(self):
        raise RuntimeError('cannot resize variables that has a forward grad')
    return self


@_given
def resize_as_(self, *args, **keywords):
    given = args + tuple([keywords[name] for name in ('the_template',) if name in keywords])
    if not given:
        raise TypeError('resize_as_() missing 1 required positional arguments: "the_template"')
    if len(given) > 1:
        raise TypeError(f'resize_as_() takes 1 positional argument but {len(given)} were given')
    the_template = given[0]
    if not isinstance(the_template, _torch.Tensor):
        raise TypeError(f"resize_as_(): argument 'the_template' (position 1) must be Tensor, not {type(the_template).__name__}")
    return resize_(self, the_template.shape)


@_given
def set_(self, source=None, storage_offset=0, size=None, stride=None):
    """Makes this tensor one of the memory of another (or of none)."""
    from torch._utils import _changed, _replaced
    node = _replaced(self, source if isinstance(source, _torch.Tensor) else None)
    if source is None:
        source = _torch.empty(0, dtype=self.dtype)
    if not isinstance(source, _torch.Tensor):
        raise TypeError('torch.Tensor.set_ of a storage is not part of nabla yet')
    if source.dtype != self.dtype:
        raise RuntimeError(f'Could not set tensor of type {source.type()[6:-6].lower()} to a tensor of type {self.type()[6:-6].lower()}')
    self.data = source.detach() if size is None else source.detach().as_strided(size, stride, storage_offset)
    _changed(self, node)
    if _is_dual(self):
        raise NotImplementedError('Trying to use forward AD with set_ that does not support it because it has not been implemented yet.\nPlease file an issue to PyTorch at '
                                  'https://github.com/pytorch/pytorch/issues/new?template=feature-request.yml so that we can prioritize its implementation.')
    return self


# ---- making

@_given
def new(self, *args, device=None):
    """A tensor of this one's type, of a size or of data."""
    if len(args) == 1 and isinstance(args[0], (list, tuple, _torch.Tensor)) and not isinstance(args[0], _torch.Size):
        return _torch.tensor(args[0], dtype=self.dtype) if not isinstance(args[0], _torch.Tensor) else args[0].detach().view(args[0].shape)
    return _torch.empty(*args, dtype=self.dtype) if args else _torch.empty(0, dtype=self.dtype)


@_given
def new_empty_strided(self, size, stride, dtype=None, device=None, requires_grad=False):
    return _torch.empty_strided(size, stride, dtype=dtype or self.dtype, requires_grad=requires_grad)


@_given
def narrow_copy(self, dim, start, length):
    return self.narrow(dim, start, length).clone()


@_given
def get_device(self):
    return -1


def _of_torch(name):
    def method(self, *args, **kwargs):
        return getattr(_torch, name)(self, *args, **kwargs)
    method.__name__ = name
    return method


for _name in 'cholesky_solve cholesky_inverse eig frexp histogram is_nonzero is_same_size lstsq lu_solve solve symeig'.split():
    _given(_of_torch(_name))
