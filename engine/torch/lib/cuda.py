# torch.cuda, as PyTorch built without it has it.
def _absent(*args, **kwargs):
    raise AssertionError('Torch not compiled with CUDA enabled')


get_device_name = get_device_properties = get_device_capability = current_device = synchronize = set_device = current_stream = init = _absent


def empty_cache():
    return None


def is_initialized():
    return False


def _none(*args, **kwargs):
    return 0


memory_allocated = max_memory_allocated = memory_reserved = max_memory_reserved = _none
