# torch.amp and torch.cuda.amp as they are without CUDA: they warn that they are off, and everything is computed as without them.
import functools
import warnings


class autocast:
    __module__ = 'torch.amp.autocast_mode'

    def __init__(self, device_type, dtype=None, enabled=True, cache_enabled=None):
        if device_type not in ('cuda', 'cpu'):
            raise RuntimeError("User specified autocast device_type must be 'cuda' or 'cpu'")
        if enabled and device_type == 'cuda':
            warnings.warn("User provided device_type of 'cuda', but CUDA is not available. Disabling")
        elif enabled:
            raise NotImplementedError('torch.autocast of the CPU computes in bfloat16, which is not part of nabla yet')
        self.device, self.fast_dtype, self._enabled = device_type, dtype, False

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        return False

    def __call__(self, func):
        @functools.wraps(func)
        def decorate_autocast(*args, **kwargs):
            with self:
                return func(*args, **kwargs)
        return decorate_autocast
