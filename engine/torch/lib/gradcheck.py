# torch.autograd.gradcheck: gradients held against central differences.
import torch


class GradcheckError(RuntimeError):
    pass


def _tensors(value):
    return [x for x in (value if isinstance(value, (tuple, list)) else (value,)) if isinstance(x, torch.Tensor)]


def _numerical(fn, inputs, x, eps):
    columns = []
    flat = x.data.view(-1) if x.is_contiguous() else x.data
    for i in range(x.numel()):
        kept = flat[i].item()
        flat[i] = kept + eps
        up = [out.detach().clone() for out in _tensors(fn(*inputs))]
        flat[i] = kept - eps
        down = [out.detach().clone() for out in _tensors(fn(*inputs))]
        flat[i] = kept
        columns.append([((a - b) / (2 * eps)).reshape(-1) for a, b in zip(up, down)])
    return columns


def gradcheck(func, inputs, *, eps=1e-6, atol=1e-5, rtol=1e-3, raise_exception=True, check_sparse_nnz=False, nondet_tol=0.0,
              check_undefined_grad=True, check_grad_dtypes=False, check_batched_grad=False, check_batched_forward_grad=False,
              check_forward_ad=False, check_backward_ad=True, fast_mode=False):
    def refuse(message):
        if raise_exception:
            raise GradcheckError(message)
        return False

    inputs = inputs if isinstance(inputs, (tuple, list)) else (inputs,)
    leaves = [x for x in inputs if isinstance(x, torch.Tensor) and x.requires_grad]
    if not leaves:
        raise ValueError('gradcheck expects at least one input tensor to require gradient, but none of the them have requires_grad=True.')
    for i, x in enumerate(inputs):
        if isinstance(x, torch.Tensor) and x.requires_grad and x.dtype != torch.float64:
            import warnings
            warnings.warn(f'Input #{i} requires gradient and is not a double precision floating point or complex. This check will likely fail '
                          'if all the inputs are not of double precision floating point or complex. ')
    for i, x in enumerate(leaves):
        if any([step == 0 and size > 1 for step, size in zip(x.stride(), x.shape)]):
            raise RuntimeError(f'The {i}th input has a dimension with stride 0. gradcheck only supports inputs that are non-overlapping to be able to compute the numerical '
                               'gradients correctly. You should call .contiguous on the input before passing it to gradcheck.')
    given = func(*inputs)
    for out in given if isinstance(given, (tuple, list)) else (given,):
        out.requires_grad  # an AttributeError where it is no tensor
    outputs = [out for out in _tensors(given) if out.requires_grad]
    if not outputs:
        for x in leaves:
            if any([column.ne(0).any() for columns in _numerical(func, inputs, x, eps) for column in columns]):
                return refuse('Numerical gradient for function expected to be zero')
        return True
    all_outputs = _tensors(func(*inputs))
    for i, x in enumerate(leaves):
        columns = _numerical(func, inputs, x, eps)
        for j, out in enumerate(all_outputs):
            if not out.requires_grad:
                continue
            numerical = torch.stack([column[j] for column in columns]) if columns else torch.zeros(0, out.numel())
            rows = []
            for k in range(out.numel()):
                g, = torch.autograd.grad(out.reshape(-1)[k], [x], retain_graph=True, allow_unused=True)
                rows.append(torch.zeros(x.numel(), dtype=x.dtype) if g is None else g.reshape(-1))
            analytical = torch.stack(rows, dim=1) if rows else torch.zeros(x.numel(), 0)
            if not torch.allclose(analytical, numerical.to(analytical.dtype), rtol, atol):
                return refuse(f'Jacobian mismatch for output {j} with respect to input {i},\nnumerical:{numerical}\nanalytical:{analytical}\n')
    return True


def gradgradcheck(func, inputs, grad_outputs=None, *, eps=1e-6, atol=1e-5, rtol=1e-3, gen_non_contig_grad_outputs=False, raise_exception=True,
                  nondet_tol=0.0, check_undefined_grad=True, check_grad_dtypes=False, check_batched_grad=False, check_fwd_over_rev=False,
                  check_rev_over_rev=True, fast_mode=False):
    inputs = inputs if isinstance(inputs, (tuple, list)) else (inputs,)
    outputs = [out for out in _tensors(func(*inputs)) if out.requires_grad]
    if grad_outputs is None:
        grad_outputs = [torch.randn_like(out).requires_grad_() for out in outputs]
    grad_outputs = _tensors(grad_outputs)
    count = len(grad_outputs)

    def gradients(*args):
        given, weights = args[:-count], args[-count:]
        found = [out for out in _tensors(func(*given)) if out.requires_grad]
        wanted = [x for x in given if isinstance(x, torch.Tensor) and x.requires_grad]
        return torch.autograd.grad(found, wanted, weights, create_graph=True, allow_unused=True)

    return gradcheck(gradients, tuple(inputs) + tuple(grad_outputs), eps=eps, atol=atol, rtol=rtol, raise_exception=raise_exception)
