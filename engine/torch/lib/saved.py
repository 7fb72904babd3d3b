# What nodes of the graph show of what they keep for the pass backward: `_saved_self`, `_raw_saved_self`, `_saved_dim`, ... The list has PyTorch 1.13's
# names, node by node ("Abs0" is AbsBackward0), written from PyTorch's own getters. A star: tensors, which are let go of once the graph is freed; the rest stays.
# Behind "=" stands where the value lies when not in the argument or the result of that name: an argument, #k for result k, `x.sizes`, `x.dim`, `x.0` (one size) of an
# argument, a value after "|" for operators without that argument, or f(), a function of _FOUND.
import torch

_LIST = """
Abs0 self*
Acos0 self*
Acosh0 self*
AdaptiveAvgPool2D0 self*
AdaptiveAvgPool3D0 self*
AdaptiveMaxPool2D0 result1*=#1 self*
AdaptiveMaxPool3D0 result1*=#1 self*
Add0 alpha=alpha|1
Addbmm0 alpha batch1* batch1_argsize_0=batch1.0 batch1_argsize_1=batch1.1 batch2* batch2_argsize_2=batch2.2 beta
Addcdiv0 tensor1* tensor2* value
Addcmul0 tensor1* tensor2* value
Addmm0 alpha=alpha|1 beta=beta|1 mat1* mat1_sym_sizes mat1_sym_strides mat2* mat2_sym_sizes mat2_sym_strides
Addmv0 alpha beta mat* vec*
Addr0 alpha beta vec1* vec2*
Amax0 dim=dims() keepdim result* self*
Amin0 dim=dims() keepdim result* self*
AsStrided0 size storage_offset stride
Asin0 self*
Asinh0 self*
Atan20 other* self*
Atan0 self*
Atanh0 self*
AvgPool2D0 ceil_mode count_include_pad divisor_override kernel_size=kernel_size() padding=padding() self* stride=stride()
AvgPool3D0 ceil_mode count_include_pad divisor_override kernel_size=kernel_size() padding=padding() self* stride=stride()
Baddbmm0 alpha batch1* batch2* beta
BinaryCrossEntropy0 reduction=reduction() self* target* weight*
BinaryCrossEntropyWithLogits0 pos_weight* reduction=reduction() self* target* weight*
Bmm0 mat2* self*
Cat0 dim
Cdist0 p result* x1* x2*
Celu0 alpha self*
Celu1 alpha result*
Cholesky0 result* upper
Clamp0 max* min* self*
Clamp1 max min self*
ClampMax0 max self*
ClampMax1 max* self*
ClampMin0 min self*
ClampMin1 min* self*
Col2Im0 dilation=dilation() kernel_size=kernel_size() padding=padding() stride=stride()
ConstantPadNd0 pad
Convolution0 bias_sym_sizes_opt=bias_sizes() dilation groups input*=self output_padding=output_padding() padding=conv_padding() stride transposed weight*
Convolution 0 dilation grad_output* groups input* output_padding padding stride transposed weight*
Copysign0 result* self*
Copysign1 result* self*
Cos0 self*
Cosh0 self*
Cummax0 dim indices* self*
Cummin0 dim indices* self*
Cumprod0 dim result* self*
Cumsum0 dim
Diag0 diagonal self_sym_sizes
DiagEmbed0 dim1 dim2 offset
Diagonal0 dim1 dim2 offset self_sym_sizes
DiagonalScatter0 dim1 dim2 offset
Digamma0 self*
Dist0 other* p result* self*
Div0 other* self*
Div1 other
Div2 other* rounding_mode self*
Dot0 self* tensor*
Elu0 alpha input_scale=|1 scale=|1 self*
Elu1 alpha input_scale result* scale
Embedding0 indices*=self padding_idx=padding_idx() scale_grad_by_freq sparse=sparse|False weight*
Erf0 self*
Erfc0 self*
Erfinv0 self*
Exp20 result*
Exp0 result*
Expand0 self_sym_sizes
Expm10 result*
Flip0 dims
Fmax0 other* self*
Fmin0 other* self*
Fmod1 other* self*
Gather0 dim index* self* sparse_grad=sparse_grad|False
Gelu0 approximate self*
Glu0 dim self*
Hardshrink0 lambd self*
Hardsigmoid0 self*
Hardswish0 self*
Hardtanh0 max_val min_val self*
HuberLoss0 delta reduction=reduction() self* target*
Hypot0 other* result* self*
I00 self*
Im2Col0 dilation=dilation() kernel_size=kernel_size() padding=padding() self* stride=stride()
IndexAdd0 alpha dim index* source* source_dim
Index0 indices* self_sizes
IndexCopy0 dim index* source* source_dim=source.dim
IndexFill0 dim index*
IndexFill1 dim index*
IndexPut0 accumulate indices*
IndexSelect0 dim index* self_sizes
Kthvalue0 dim indices* keepdim self_sizes
LeakyRelu0 negative_slope self*
LeakyRelu1 negative_slope result*
Lerp0 weight
Lerp1 end* self* weight*
Lgamma0 self*
LinalgCholeskyEx0 L* upper
LinalgCross0 dim other* self*
LinalgDet0 A*=self LU*=LU() pivots*=pivots() result*
LinalgEigh0 eigenvalues* eigenvectors*
LinalgInvEx0 inverse*=#0
LinalgLstsq0 b* driver=driver|None rcond=rcond|None self*
LinalgMatrixExp0 self*
LinalgPinv0 result* self*
LinalgQr0 Q* R* mode
LinalgSlogdet0 A*=self LU*=LU() pivots*=pivots() sign*=sign()
LinalgSolveEx0 A*=self LU*=LU() left pivots*=pivots() result*
LinalgSolveTriangular0 left result* self* unitriangular upper
LinalgSvd0 S* U* Vh* full_matrices
LinalgVectorNorm0 dim=dim keepdim ord result* self*
Log100 self*
Log1P0 self*
Log20 self*
Log0 self*
LogSigmoid0 buffer*=buffer() self*
LogSoftmax0 dim result*
Logaddexp20 other* self*
Logaddexp0 other* self*
Logcumsumexp0 dim result* self*
Logit0 eps self*
Logsumexp0 dim=dims() keepdim result* self*
MaskedFill0 mask*
MaskedFill1 mask*
MaskedScatter0 mask* source_sizes
MaskedSelect0 mask* self*
Max0 dim indices* keepdim self_sizes
Max1 result* self*
MaxPool2DWithIndices0 ceil_mode dilation=dilation() kernel_size=kernel_size() padding=padding() result1*=#1 self* stride=stride()
MaxPool3DWithIndices0 ceil_mode dilation=dilation() kernel_size=kernel_size() padding=padding() result1*=#1 self* stride=stride()
Maximum0 other* self*
Mean0 self_numel self_sizes
Mean1 dim keepdim self* self_sym_sizes
Median0 result* self*
Median1 dim indices* keepdim self_sizes
Min0 dim indices* keepdim self_sizes
Min1 result* self*
Minimum0 other* self*
Mish0 self*
Mm0 mat2* mat2_sym_sizes mat2_sym_strides self* self_sym_sizes self_sym_strides
Mode0 dim indices* keepdim self_sizes
MseLoss0 reduction=reduction() self* target*
Mul0 other* self*
Mul1 other
MultiMarginLoss0 margin p reduction=reduction() self* target* weight*
MultilabelMarginLoss0 reduction=reduction() self* target*
Mv0 self* vec*
Mvlgamma0 p self*
NanToNum0 self*
Nanmedian0 result* self*
Nanmedian1 dim indices* keepdim self_sizes
Nansum0 dim keepdim self*
NativeBatchNorm0 eps input*=self result1*=batch_result1() result2*=batch_result2() running_mean* running_var* training weight*
NativeGroupNorm0 C=self.1 HxW=HxW() N=self.0 eps group=num_groups input*=self result1*=group_result1() result2*=group_result2() weight*
NativeLayerNorm0 bias* input*=self normalized_shape result1*=layer_result1() result2*=layer_result2() weight*
NllLoss2D0 ignore_index reduction=reduction() self* target* total_weight*=total_weight() weight*
NllLoss0 ignore_index reduction=reduction() self* target* total_weight*=total_weight() weight*
Norm1 dim=norm_dims() keepdim p result* self*
Norm3 dim=norm_dims() keepdim p result* self*
Normal1 mean_sizes
Normal2 std_sizes
Normal3 mean_sizes std_sizes
Permute0 dims
PixelShuffle0 upscale_factor
PixelUnshuffle0 downscale_factor
Polygamma0 n self*
Polygamma1 n self*
Pow0 exponent=exponent|2 self*
Pow1 exponent* result* self*
Pow2 exponent* result* self
Prelu0 self* weight*
Prod0 result* self*
Prod1 dim keepdim result* self*
Put0 accumulate index* source*
Reciprocal0 result*
ReflectionPad1D0 padding self*
ReflectionPad2D0 padding self*
ReflectionPad3D0 padding self*
Relu0 result*
Remainder1 other* self*
Renorm0 dim maxnorm p self*
Repeat0 repeats self_sym_sizes
ReplicationPad1D0 padding self*
ReplicationPad2D0 padding self*
ReplicationPad3D0 padding self*
ReshapeAlias0 self_sym_sizes
Roll0 dims shifts
Rot900 dims k
RreluWithNoise0 noise*=slopes self*
Rsqrt0 result*
Rsub0 alpha=alpha|1
Rsub1 alpha=alpha|1
ScatterAdd0 dim index*
Scatter0 dim index*
Scatter1 dim index*
ScatterReduce0 dim include_self index* reduce result* self* src*
Select0 dim index self_sizes
SelectScatter0 dim index
Sgn0 result* self*
Sigmoid0 result*
Silu0 self*
Sin0 self*
Sinc0 self*
Sinh0 self*
Slice0 dim end=end() self_sym_sizes start=start() step=step|1
SliceScatter0 dim end start step
SmoothL1Loss0 beta reduction=reduction() self* target*
SoftMarginLoss0 reduction=reduction() self* target*
Softmax0 dim result*
Softplus0 beta self* threshold
Softshrink0 lambd self*
Sort0 dim indices* self_sizes
Sort1 dim indices* self_sizes
SpecialEntr0 self*
SpecialErfcx0 result* self*
SpecialI0E0 result* self*
SpecialI10 result* self*
SpecialI1E0 result* self*
SpecialLogNdtr0 result* self*
SpecialNdtri0 result*
SpecialXlog1Py0 other* self*
SpecialXlog1Py1 other* self
SpecialXlog1Py2 other self*
Split0 dim self_sizes split_size=@1
SplitWithSizes0 dim self_sizes split_sizes=@1
Sqrt0 result*
Squeeze0 self_sizes
Squeeze1 dim self_sizes
Squeeze2 self_sizes
Squeeze3 dim self_sizes
Stack0 dim
Std0 correction=correction() dim=dim|None keepdim=keepdim|False result* self*
StdMean0 correction=correction() dim=dim|None keepdim=keepdim|False result0*=#0 self*
Sub0 alpha=alpha|1
Sum0 self_sym_sizes
Sum1 dim keepdim self_sym_sizes
Take0 index* self*
Tan0 result*
Tanh0 result*
Threshold0 self* threshold
Threshold1 self* threshold
Topk0 dim indices* self_sizes
Trace0 self_sizes
Transpose0 dim0 dim1
Transpose1 dim0 dim1
Tril0 diagonal
Trilinear0 expand1 expand2 expand3 i1* i2* i3* sumdim
Triu0 diagonal
Unbind0 dim
Unfold0 dimension self_sizes size step
UnsafeSplit0 dim self_sizes split_size
UnsafeSplitWithSizes0 dim self_sizes split_sizes
UnsafeView0 self_sym_sizes
Unsqueeze0 dim
Unsqueeze1 dim
UpsampleBicubic2DAa1 align_corners input_sym_sizes=self.sizes output_size=output_size() scale_factors=scale_factors()
UpsampleBicubic2D1 align_corners input_sym_sizes=self.sizes output_size=output_size() scale_factors=scale_factors()
UpsampleBilinear2D1 align_corners input_sym_sizes=self.sizes output_size=output_size() scale_factors=scale_factors()
UpsampleLinear1D1 align_corners input_sym_sizes=self.sizes output_size=output_size() scale_factors=scale_factors()
UpsampleNearest1D1 input_sym_sizes=self.sizes output_size=output_size() scale_factors=scale_factors()
UpsampleNearest2D1 input_sym_sizes=self.sizes output_size=output_size() scale_factors=scale_factors()
Var0 correction=correction() dim=dim|None keepdim=keepdim|False self*
VarMean0 correction=correction() dim=dim|None keepdim=keepdim|False self*
Vdot0 other* self*
View0 self_sym_sizes
Where0 condition*
Xlogy0 other* self*
Xlogy1 other* self
Xlogy2 other self*
"""


def _product(sizes):
    out = 1
    for size in sizes:
        out *= size
    return out


def _read():
    nodes = {}
    for line in _LIST.strip().split('\n'):
        name, *entries = line.split(' ')
        kept = nodes[name] = {}
        for entry in entries:
            shown, _, source = entry.partition('=')
            kept[shown.rstrip('*')] = shown.endswith('*'), source or shown.rstrip('*')
    return nodes


_nodes = _read()


def _short(node):
    return type(node).__name__.replace('Backward', '')


def _entries(node):
    return _nodes.get(_short(node), {})


def names(node):
    out = []
    for name, (is_tensor, _) in _entries(node).items():
        out.append('_saved_' + name)
        if is_tensor:
            out.append('_raw_saved_' + name)
    return out


def _place_of(node, source):
    """The place of an argument or a result; None where there is none of that name."""
    arguments, results = _arguments(node), _results(node)
    if source in arguments:
        return arguments.index(source)
    if source == 'self':
        return 0
    if source.startswith('@'):
        return int(source[1:])
    if source.startswith('#'):
        return -1 - int(source[1:])
    if source in results:
        return -1 - results.index(source)
    if source.startswith('result') and (source == 'result' or source[6:].isdigit()):
        return -1 - int(source[6:] or 0)


def _named(node, source, otherwise=None):
    place = _place_of(node, source)
    return otherwise if place is None else _value(node, place)


def _wide(node, name):
    """Numbers for each of the dimensions that a window goes along."""
    given = _named(node, name)
    if given is None:
        return ()
    count = next((int(c) for c in type(node).__name__[:-1] if c.isdigit()), 2)
    return given if type(given) is tuple and len(given) == count else tuple(given if type(given) is tuple else (given,)) * count


def _factors(node):
    A = _named(node, 'self')
    LU, pivots = torch.linalg.lu_factor(A.detach().mT if A.is_contiguous() else A.detach())
    return LU.mT.contiguous().mT, pivots


def _normal(node, sizes, dims, eps):
    """Means and reciprocal deviations of the rows that a normalizing layer works on."""
    x = _named(node, 'self').detach().reshape(sizes)
    return x.mean(dims, True), torch.rsqrt(x.var(dims, False, keepdim=True) + eps)


def _layers(node):
    sizes = _sizes(node, 0)
    return _normal(node, sizes, tuple(range(-len(_named(node, 'normalized_shape')), 0)), _named(node, 'eps'))


def _groups(node):
    sizes = _sizes(node, 0)
    rows = (sizes[0], _named(node, 'num_groups'), -1)
    return [x.reshape(rows[:2]) for x in _normal(node, rows, 2, _named(node, 'eps'))]


def _batches(node):
    sizes = _sizes(node, 0)
    if not _named(node, 'training'):
        return torch.empty(0), torch.empty(0)
    return [x.reshape(-1) for x in _normal(node, sizes, (0, *range(2, len(sizes))), _named(node, 'eps'))]


def _reduction(node):
    size_average, reduce = _named(node, 'size_average'), _named(node, 'reduce')
    if size_average is None and reduce is None:
        return ('none', 'mean', 'sum').index(_named(node, 'reduction'))
    return 0 if reduce is False else 2 if size_average is False else 1


def _total_weight(node):
    reduction, target, weight = _reduction(node), _named(node, 'target'), _named(node, 'weight')
    if reduction == 0:
        return torch.tensor(0.)
    kept = target[target != _named(node, 'ignore_index')]
    return torch.tensor(float(kept.numel())) if weight is None else weight.detach()[kept].sum()


_FOUND = {
    'reduction': _reduction,
    'correction': lambda node: int(_named(node, 'unbiased', True) is not False),
    'dims': lambda node: () if _named(node, 'dim') is None else _named(node, 'dim'),
    'norm_dims': lambda node: _named(node, 'dim') or (() if _named(node, 'p') == 2 else tuple(range(len(_sizes(node, 0))))),
    'padding_idx': lambda node: -1 if _named(node, 'padding_idx') is None else _named(node, 'padding_idx'),
    'sign': lambda node: _value(node, -1),
    'buffer': lambda node: torch.exp(-_named(node, 'self').detach().abs()).contiguous(),
    'kernel_size': lambda node: _wide(node, 'kernel_size'),
    'stride': lambda node: _wide(node, 'stride'),
    'padding': lambda node: _wide(node, 'padding'),
    'dilation': lambda node: _wide(node, 'dilation'),
    'LU': lambda node: _factors(node)[0],
    'pivots': lambda node: _factors(node)[1],
    'bias_sizes': lambda node: _sizes(node, _place_of(node, 'bias')) or (0,),
    'conv_padding': lambda node: _named(node, 'padding')[:len(_named(node, 'stride'))],
    'output_padding': lambda node: _named(node, 'padding')[len(_named(node, 'stride')):] or (0,) * len(_named(node, 'stride')),
    'output_size': lambda node: _named(node, 'size') if _named(node, 'scales') is None else None,
    'scale_factors': lambda node: None if _named(node, 'scales') is None else tuple(_named(node, 'scales').tolist()),
    'start': lambda node: _named(node, 'start') or 0,
    'end': lambda node: 2 ** 63 - 1 if _named(node, 'end') is None else _named(node, 'end'),
    'HxW': lambda node: _product(_sizes(node, 0)[2:]),
    'layer_result1': lambda node: _layers(node)[0],
    'layer_result2': lambda node: _layers(node)[1],
    'group_result1': lambda node: _groups(node)[0],
    'group_result2': lambda node: _groups(node)[1],
    'batch_result1': lambda node: _batches(node)[0],
    'batch_result2': lambda node: _batches(node)[1],
    'total_weight': _total_weight,
}
# What keeps its tensors whatever is asked for, or more of them than the formula here reads: in the order in which PyTorch saves them.
_WHOLE = {'Convolution0': 'input weight', 'Embedding0': 'weight indices', 'Im2Col0': 'self', 'LinalgDet0': 'A result LU pivots', 'LinalgSlogdet0': 'A sign LU pivots',
          'LinalgSolveEx0': 'A result LU pivots', 'LogSigmoid0': 'self buffer', 'NativeBatchNorm0': 'input weight running_mean running_var result1 result2',
          'NativeGroupNorm0': 'input weight result1 result2', 'NativeLayerNorm0': 'input weight bias result1 result2', 'NllLoss0': 'self target weight total_weight',
          'NllLoss2D0': 'self target weight total_weight', 'Prelu0': 'self weight', 'Trilinear0': 'i1 i2 i3'}
_SCALARS = ('alpha', 'beta', 'value', 'exponent', 'other', 'self', 'min', 'max', 'min_val', 'max_val')  # the rest are whole numbers, shown as PyTorch shows them: without a sign


def _unsigned(x):
    if type(x) is tuple:
        return tuple([_unsigned(item) for item in x])
    return x + 2 ** 64 if type(x) is int and x < 0 else x


def _part(node, source, is_tensor):
    if source.endswith('()'):
        return _FOUND[source[:-2]](node)
    source, _, otherwise = source.partition('|')
    place = _place_of(node, source)
    if place is not None:
        if is_tensor and not _is_kept(node, place) and not (place >= 0 and _short(node) in _WHOLE):
            return None
        value = _value(node, place)
        return torch.tensor(value, dtype=torch.float64 if type(value) is float else None) if is_tensor and type(value) in (int, float, bool) else value
    of, _, what = source.replace('_sym_', '_').replace('_', '.').rpartition('.')
    place = _place_of(node, of)
    if place is None:
        return {'1': 1, '2': 2, 'False': False, 'None': None}[otherwise]
    sizes = _sizes(node, place)
    if what == 'strides':
        return _strides(node, place) if node.next_functions[place][0] is not None else ()  # of no use else
    return sizes if what == 'sizes' else len(sizes) if what == 'dim' else _product(sizes) if what == 'numel' else sizes[int(what)]


def kept(node, places):
    """What hooks get of a node whose formulas read what lies in these places: places, and tensors that are found anew."""
    entries = _entries(node)
    if _short(node) not in _WHOLE:
        numbers = [_place_of(node, source) for is_tensor, source in entries.values() if not is_tensor]  # which PyTorch's node keeps as such
        return [place for place in places if place not in numbers]
    out = []
    for name in _WHOLE[_short(node)].split(' '):
        source = entries[name][1]
        place = None if source.endswith('()') else _place_of(node, source)
        if place is None:
            out.append(_part(node, source, True))
        elif place < 0 or _sizes(node, place) is not None:
            out.append(place)
    return out


def find(node, name):
    """The value in a tuple; None where PyTorch's node has none of that name."""
    raw = name.startswith('_raw_')
    shown = name[11 if raw else 7:]
    is_tensor, source = _entries(node).get(shown, (None, ''))
    if is_tensor is None or raw and not is_tensor:
        return None
    if raw:
        place = _place_of(node, source)
        return _place(node, 0 if place is None else place),
    if is_tensor and _is_freed(node):
        place = _place_of(node, source)
        if place is None or _is_kept(node, place):
            _fail_if_freed(node)
        return None,
    value = _part(node, source, is_tensor)
    return (value if is_tensor or shown in _SCALARS else _unsigned(value)),
