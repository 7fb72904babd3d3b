# torch.autograd.Function: operators that a program defines itself.
import warnings

import torch

_FREED = ('Trying to backward through the graph a second time (or directly access saved tensors after they have already been freed). Saved '
          'intermediate values of the graph are freed when you call .backward() or autograd.grad(). Specify retain_graph=True if you need to '
          'backward through the graph a second time or if you need to access saved tensors after calling backward.')


class _ContextMethodMixin:
    def save_for_backward(self, *tensors):
        self._to_save = tensors

    def save_for_forward(self, *tensors):
        for tensor in tensors:
            assert tensor is None or isinstance(tensor, torch.Tensor), (
                'save_for_forward expects all arguments to be tensors; you should save non-tensors as attributes on ctx.')
        self._forward = tensors

    def mark_dirty(self, *args):
        for i, arg in enumerate(args):
            if not isinstance(arg, torch.Tensor):
                raise RuntimeError(f'mark_dirty can only accept variables, but argument {i} is of type {type(arg).__name__}')
        self._dirty = args

    def mark_non_differentiable(self, *args):
        self._constant = args

    def set_materialize_grads(self, value):
        self._materialize = value


class FunctionCtx(_ContextMethodMixin):
    _forward = ()
    _to_save = _dirty = _constant = ()
    _saved = ()
    _packed = None  # by hooks on saved tensors: what they gave, and how it is unpacked
    _materialize = True
    _name = 'FunctionCtx'
    _freed = False
    _node = None

    @property
    def saved_tensors(self):
        if self._freed:
            raise RuntimeError(_FREED)
        if self._packed is not None:
            return tuple([self._unpack(*each) for each in self._packed])
        out = []
        for tensor, version, number in self._saved:
            if tensor is None:
                out.append(None)
                continue
            if version is not None and tensor._version != version:
                maker = self._name if number is not None else tensor.grad_fn and tensor.grad_fn.name()
                of = f', which is output {number or tensor.output_nr} of {maker},' if maker else ''
                raise RuntimeError(
                    'one of the variables needed for gradient computation has been modified by an inplace operation: '
                    f'[{tensor.type()} {list(tensor.shape)}]{of} is at version {tensor._version}; expected version '
                    f'{version} instead. Hint: enable anomaly detection to find the operation that failed to compute its gradient, with '
                    'torch.autograd.set_detect_anomaly(True).')
            out.append(tensor if number is None or self._node is None else _of_output(tensor, self._node, number))
        return tuple(out)

    saved_variables = saved_tensors

    def __getattr__(self, name):
        raise AttributeError(f"'{self._name}' object has no attribute '{name}'")

    def _save(self, outputs, tracked):
        for i, tensor in enumerate(self._to_save):
            if not tracked and not isinstance(tensor, torch.Tensor):
                return
            if tensor is not None and not isinstance(tensor, torch.Tensor):
                raise TypeError(f'save_for_backward can only save variables, but argument {i} is of type {type(tensor).__name__}')
        # An output is kept without its history, or it would hold itself.
        saved = []
        for tensor in self._to_save:
            number = next((i for i, output in enumerate(outputs) if output is tensor), None)
            kept = tensor if number is None or tensor is None else _share_lanes(tensor.detach(), tensor)
            saved.append((kept, None if kept is None or kept.is_inference() else kept._version, number))
        self._saved = tuple(saved)
        self._to_save = ()

    def _pack(self, outputs):
        """Gives what is saved to the hooks that are on."""
        if any([tensor is not None and tensor.is_inference() for tensor, _, _ in self._saved]):
            raise RuntimeError('Inference tensors cannot be saved for backward. To work around you can make a clone to get a normal tensor and use it in autograd.')
        packed = []
        for tensor, _, number in self._saved:
            pair = None if tensor is None else _pack_saved(tensor if number is None else outputs[number])
            packed.append((pair, number, *_edge_of(tensor if number is None else None)))
        if any([pair is not None for pair, *_ in packed]):
            self._packed, self._saved = packed, ()

    def _unpack(self, pair, number, node, output):
        """What a hook gives back, with the history that was saved."""
        if pair is None:
            return None
        kept, unpack = pair
        found = unpack(kept)
        if not isinstance(found, torch.Tensor):
            raise TypeError(f'Output of saved tensor unpack_hook expected to be a Tensor but got result of type {type(found).__name__}')
        if number is not None:
            return found if self._node is None else _of_output(found, self._node, number)
        if node is None or (found.requires_grad and found.is_leaf):
            return found
        if node.name() == 'torch::autograd::AccumulateGrad' and not torch.is_grad_enabled():
            return found.detach().requires_grad_()
        return _of_output(found, node, output)


class Function(FunctionCtx):
    _suffix = 'Backward'  # what the name of its node ends in

    def __init__(self, *args, **kwargs):
        warnings.warn(f'{type(self)} should not be instantiated. Methods on autograd functions'
                      'are all static, so you should invoke them on the class itself. Instantiating an autograd function will raise an error in a '
                      'future version of PyTorch.', DeprecationWarning)

    def __call__(self, *args, **kwargs):
        raise RuntimeError('Legacy autograd function with non-static forward method is deprecated. Please use new-style autograd function with '
                           'static forward method. (Example: https://pytorch.org/docs/stable/autograd.html#torch.autograd.Function)')

    @staticmethod
    def forward(ctx, *args, **kwargs):
        raise NotImplementedError('You must implement the forward function for custom autograd.Function.')

    @staticmethod
    def backward(ctx, *grad_outputs):
        raise NotImplementedError('You must implement either the backward or vjp method for your custom autograd.Function to use it with '
                                  'backward mode AD.')

    vjp = backward
    generate_vmap_rule = False

    @staticmethod
    def vmap(info, in_dims, *args):
        raise NotImplementedError(
            'To use autograd.Function with vmap, you must either override the vmap staticmethod or set generate_vmap_rule=True.')

    @staticmethod
    def setup_context(ctx, inputs, output):
        """Since 2.0: what a forward without ctx leaves to be done with it."""
        raise NotImplementedError('setup_context is not implemented.')

    @staticmethod
    def jvp(ctx, *grad_inputs):
        raise NotImplementedError('You must implement the jvp function for custom autograd.Function to use it with forward mode AD.')

    @classmethod
    def apply(cls, *args, **kwargs):
        if kwargs:
            raise TypeError('apply() takes no keyword arguments')
        apart = cls.setup_context is not Function.setup_context
        if apart:
            args = _with_defaults(cls.forward, args)
        batch = None
        if _in_transform():
            from torch import _func_rules as rules
            rules.check_apart(apart)
            batch = rules.batch_of(cls, args)
            if batch and not batch.is_tracked:
                if not cls.generate_vmap_rule:
                    return rules.by_rule(cls, batch, args, torch.is_grad_enabled())
                first, *others = rules.in_each(cls, batch, args)
                return rules.gather(first, others, batch.vmap)
        ctx = _context_class(cls)()
        ctx.needs_input_grad = tuple(isinstance(arg, torch.Tensor) and arg.requires_grad for arg in args)
        tracked = torch.is_grad_enabled() and any(ctx.needs_input_grad)
        node = _begin(ctx._name, args) if tracked else ctx._name  # the gradients go where the arguments came from, whatever forward does to them
        primals = _primals(args) if _is_dual_level_open() else args
        with torch.no_grad(), _AsOne():
            if apart:
                result = cls.forward(*primals) if not batch else rules.for_batch(cls, batch, args, tracked)
                cls.setup_context(ctx, tuple(primals), result)
            else:
                result = cls.forward(ctx, *primals)
        outputs = result if isinstance(result, tuple) else (result,)
        if not isinstance(result, (tuple, torch.Tensor)):
            return result
        if not all(any(arg is output for output in outputs) for arg in ctx._dirty):
            raise RuntimeError('Some elements marked as dirty during the forward method were not returned as output. The inputs that are modified inplace must all be '
                               'outputs of the Function.')
        backward = cls.vjp if cls.vjp is not Function.vjp else cls.backward
        if cls.vjp is not Function.vjp and cls.backward is not Function.backward:
            backward = _refuse_both

        def run_backward(node, grads):
            ctx._node = node
            try:
                return backward(ctx, *grads)
            finally:
                ctx._node = None

        _count_changes(ctx._dirty)
        ctx._save(outputs, tracked)
        outputs = _attach(node, run_backward, ctx, args, outputs, ctx._dirty, ctx._constant)
        if ctx._saved and tracked:
            ctx._pack(outputs)
        if _is_dual_level_open():
            outputs = _with_tangents(cls, ctx, args, outputs)
        return outputs if isinstance(result, tuple) else outputs[0]


def _context_class(cls):
    """The class of a Function's contexts, which bears the name of its nodes."""
    found = cls.__dict__.get('_backward_cls')
    if found is None:
        name = cls.__name__ + cls._suffix
        found = cls._backward_cls = type(name, (FunctionCtx,), {'_name': name, '__module__': 'torch.autograd.function'})
    return found


class _AsOne:
    """To autograd what runs within is one operator."""

    def __enter__(self):
        _forward_begins()

    def __exit__(self, *error):
        _forward_ends()


def _refuse_both(ctx, *grads):
    raise RuntimeError("Implementing both 'backward' and 'vjp' for a custom Function is not allowed. You should only implement one of them.")


def _with_defaults(forward, args):
    from inspect import signature
    bound = signature(forward).bind(*args)
    bound.apply_defaults()
    return bound.args


def _primals(args):
    from torch.autograd import forward_ad
    return [forward_ad.unpack_dual(arg).primal if isinstance(arg, torch.Tensor) else arg for arg in args]


def _root(tensor):
    return tensor if tensor._base is None else tensor._base


def _with_tangents(cls, ctx, args, outputs):
    """Forward mode: the outputs get their tangents, where an argument has one."""
    from torch.autograd import forward_ad
    tangents = [forward_ad.unpack_dual(arg).tangent if isinstance(arg, torch.Tensor) else None for arg in args]
    if all(tangent is None for tangent in tangents):
        return outputs
    changed = {id(_root(arg)): tangent._version for arg, tangent in zip(args, tangents) if tangent is not None and any(_root(arg) is _root(x) for x in ctx._dirty)}
    given = tangents
    if ctx._materialize:
        given = [torch.zeros_like(arg) if tangent is None and isinstance(arg, torch.Tensor) else tangent for arg, tangent in zip(args, tangents)]
    kept = ctx._saved, ctx._packed
    ctx._packed, ctx._saved = None, tuple((tensor, None if tensor is None else tensor._version, None) for tensor in ctx._forward)
    try:
        along = cls.jvp(ctx, *given)
    finally:
        ctx._saved, ctx._packed = kept
    along = along if isinstance(along, tuple) else (along,)
    for i, tangent in enumerate(along):
        if tangent is not None and not isinstance(tangent, torch.Tensor):
            raise RuntimeError(f'expected Variable or None (got {type(tangent).__name__}) for grad output {i}.')
    if len(along) != len(outputs):
        raise RuntimeError(f"Function's jvp returned an invalid number of forward gradients (expected {len(outputs)} but got {len(along)})")
    for out, tangent in zip(outputs, along):
        if tangent is None or not isinstance(out, torch.Tensor) or not out.is_floating_point() or any(out is x for x in ctx._constant):
            continue
        of = next((t for arg, t in zip(args, tangents) if t is not None and _root(arg) is _root(out)), None)
        if of is not None and id(_root(out)) in changed:
            _check_changed(tangent, of, changed[id(_root(out))])
        elif of is not None:
            _check_view(tangent, of)
        _set_tangent(out, tangent)
    return outputs


def _check_changed(tangent, of, version):
    if tangent._version == version:
        raise RuntimeError('An inplace custom Function is not modifying the forward mode gradients inplace. If the forward is modifying an input inplace, then the jvp '
                           'function must modify the corresponding gradient inplace.')
    if tangent is not of:
        raise RuntimeError('An inplace custom Function is not returning the forward mode gradients as-is. If the forward is modifying an input inplace, then the jvp '
                           'function must modify the gradient inplace and return it as-is.')


def _check_view(tangent, of):
    if not tangent._is_view():
        raise RuntimeError("A custom Function's forward is returning a view (or an input as-is) but the jvp is not returning a view.")
    if tangent._base is not _root(of):
        what = 'the same base as ' if of._is_view() else ''
        raise RuntimeError(f'A custom Function is returning a view but the jvp is not returning a view of {what}the given grad input.')


def once_differentiable(fn):
    def wrapper(ctx, *args):
        with torch.no_grad():
            outputs = fn(ctx, *args)
        if not torch.is_grad_enabled() or not any(isinstance(arg, torch.Tensor) and arg.requires_grad for arg in args):
            return outputs

        def refuse(node, grads):
            raise RuntimeError('trying to differentiate twice a function that was marked with @once_differentiable')

        given = outputs if isinstance(outputs, tuple) else (outputs,)
        ends = [None if out is None else out.detach().requires_grad_() for out in given]  # backward() goes on to these, grad() to none that is asked for
        given = _attach('Error', refuse, FunctionCtx(), ends, [None if out is None else out.detach() for out in given], (), ())
        return given if isinstance(outputs, tuple) else given[0]
    return wrapper


class _VariableMeta(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, torch.Tensor)


class Variable(metaclass=_VariableMeta):
    """What tensors that are tracked were called before 0.4: Variable(data) is data without history."""
    __module__ = 'torch.autograd.variable'

    def __new__(cls, data, requires_grad=False, volatile=False):
        if volatile:
            warnings.warn('volatile was removed and now has no effect. Use `with torch.no_grad():` instead.')
        if not isinstance(data, torch.Tensor):
            raise TypeError(f'Variable data has to be a tensor, but got {type(data).__name__}')
        if requires_grad and not data.is_floating_point():
            raise RuntimeError('Only Tensors of floating point and complex dtype can require gradients')
        out = data.detach()
        return out.requires_grad_() if requires_grad else out
