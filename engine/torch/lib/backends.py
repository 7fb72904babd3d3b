# torch.backends and torch.version: none of them is here, and the switches may be set.
class _Backend:
    def __init__(self, **switches):
        self.__dict__.update(switches)

    def is_available(self):
        return False

    is_built = is_available

    def version(self):
        return None


cudnn = _Backend(enabled=True, deterministic=False, benchmark=False, allow_tf32=True)
cuda = _Backend(matmul=_Backend(allow_tf32=False))
mps, mkl, mkldnn, openmp = _Backend(), _Backend(), _Backend(), _Backend()
