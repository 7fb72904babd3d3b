# torch.cuda.amp without CUDA: a scaler that scales by one.
import warnings

import torch.amp


class autocast(torch.amp.autocast):
    __module__ = 'torch.cuda.amp.autocast_mode'

    def __init__(self, enabled=True, dtype=None, cache_enabled=True):
        super().__init__('cuda', enabled=enabled, dtype=dtype, cache_enabled=cache_enabled)


class GradScaler:
    __module__ = 'torch.cuda.amp.grad_scaler'
    _enabled = False

    def __init__(self, init_scale=2. ** 16, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True):
        if enabled:
            warnings.warn('torch.cuda.amp.GradScaler is enabled, but CUDA is not available.  Disabling.')

    def scale(self, outputs):
        return outputs

    def unscale_(self, optimizer):
        pass

    def step(self, optimizer, *args, **kwargs):
        return optimizer.step(*args, **kwargs)

    def update(self, new_scale=None):
        pass

    def get_scale(self):
        return 1.0

    def is_enabled(self):
        return False

    def state_dict(self):
        return {}

    def load_state_dict(self, state_dict):
        pass
