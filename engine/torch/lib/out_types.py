# What the operators say of a tensor given as out= whose type is not that of the result. Those not named here store it converted.
# refuse() is called by store() in torch/call.cpp, where the types differ, and raises PyTorch's words or returns.

# A type as messages name it, and as C++ does.
C_NAMES = {'Byte': 'unsigned char', 'Char': 'signed char', 'Short': 'short int', 'Int': 'int', 'Long': 'long int', 'Float': 'float', 'Double': 'double', 'Bool': 'bool'}

# {has}: the type of the given tensor; {wants}: the result's; {c_has}, {c_wants}: as C++ calls them; {name}: the operator's; {result}: the result's.
_WORDS = {
    'Expected out tensor to have dtype {c_wants}, but got {c_has} instead':
        'isin softmax log_softmax tril triu gather scatter scatter_add mv mm bmm addmm matmul linalg_vector_norm renorm baddbmm addmv linalg_cross cross linalg_det linalg_inv '
        'inverse linalg_solve linalg_svdvals msort take_along_dim index_add index_copy scatter_reduce max min sort topk linalg_slogdet '
        'slogdet linalg_inv_ex linalg_qr qr linalg_svd svd linalg_eigh linalg_eigvalsh aminmax argmax argmin',
    'Found dtype {has} but expected {wants}': 'bitwise_not pow neg square abs sign sgn floor ceil trunc round special_round frac clamp clamp_min clamp_max lerp hardshrink',
    "Expected the dtype for input and out to match, but got {wants} for input's dtype and {has} for out's dtype.": 'amax amin',
    '{name} only supports bool tensor for result, got: {has}': 'all any',
    "expected scalar type '{wants}' but got '{has}' for {result} output": 'mode',
    'expected scalar type {wants} but found {has}': 'diag linalg_solve_triangular',
    'expected scalar_type {wants} but found {has}': 'logcumsumexp cummax cummin',
    'heaviside is not yet implemented for tensors with different dtypes.': 'heaviside',
    '{name}(): self and result must have the same scalar type': 'index_select masked_select',
    '{name} does not support non-boolean outputs.': 'isneginf isposinf signbit',
    '{dotted} expected out tensor dtype {wants} but got: {has}': 'linalg_matrix_norm linalg_norm',
    "the output given to float_power has dtype {has} but the operation's result requires dtype {wants}": 'float_power',
    'linalg.vecdot: Expected out of dtype{wants} but found {has}': 'linalg_vecdot',
    'matrix_power: Expected result to be safely castable from {wants} dtype, but got result with dtype {has}': 'linalg_matrix_power matrix_power',
    'multi_dot(): expected out tensor to have dtype {c_wants} but got {c_has}': 'linalg_multi_dot chain_matmul',
    'nan_to_num: dtype of out: {has} should be same as input: {wants}': 'nan_to_num',
    'nonzero: Expected out tensor to have scalar type Long but got scalar type{has}': 'nonzero',
    'quantile() out tensor must be same dtype as the input tensor': 'quantile nanquantile',
    'result dtype {has} does not match input dtype {wants}': 'dot vdot',
    'self and mat2 must have the same dtype': 'addbmm',
    'take(): self and out expected to have the same dtype, but got self.dtype = {wants} and out.dtype = {has}': 'take',
    'tensordot: Expected the output tensor to have dtype {wants}, but got an output tensor with dtype {has}': 'tensordot inner',
    'torch.histogram: input tensor and hist tensor should have the same dtype, but got input {c_wants} and hist {c_has}': 'histc',
    "torch.searchsorted(): output tensor's dtype is wrong, it can only be Int(int32) or Long(int64) depending on whether out_int32 flag is True, but we got output tensor's "
    'dtype {has} and out_int32 flag is {int32}': 'searchsorted bucketize',
    'dtype {wants} does not match dtype of out parameter ({has})': 'zeros ones full eye empty arange linspace logspace rand randn randint randperm',
}
_REFUSALS = {name: words for words, names in _WORDS.items() for name in names.split()}
_CAT = "torch.cat(): input types can't be cast to the desired output type {has}"
# Of those that convert, where the type cannot be had.
_UNCAST = {'cat': _CAT, 'stack': _CAT, 'column_stack': _CAT, 'hstack': _CAT, 'vstack': _CAT, 'dstack': _CAT,
           'nansum': '"nansum_cpu" not implemented for \'{has}\'', 'norm': '"norm_cpu" not implemented for \'{has}\''}
_ALIKE = {'median', 'nanmedian', 'kthvalue'}


def _of_pairs(name, result, wants, has):
    if name == 'kthvalue':
        return 'output indices must be of scalar type Long' if result == 'indices' else 'output values must be of same type as input'
    if result == 'indices':
        return f"Expected tensor for argument #1 'indices' to have scalar type Long; but got torch.{has}Tensor instead (while checking arguments for median)"
    return ("Expected tensor for 'values' to have the same type as tensor for argument #2 'self'; but type "
            f'torch.{has}Tensor does not equal torch.{wants}Tensor (while checking arguments for median)')


def refuse(name, result, wants, has, dims):
    """dims: how many dimensions each argument has; -1 where it is no tensor."""
    if name in _ALIKE:
        raise RuntimeError(_of_pairs(name, result, wants, has))
    words = _REFUSALS.get(name)
    if words is None and _UNCAST.get(name) and (has == 'Bool' or wants in ('Float', 'Double') and has not in ('Float', 'Double')):
        words = _UNCAST[name]
    tensors = sum([d >= 0 for d in dims])
    if words is None:
        return
    if name == 'pow' and (tensors == 2 or dims[0] < 0) or name.startswith('clamp') and tensors > 1 or name == 'lerp' and dims[2] < 0 or name in ('max', 'min') and tensors == 2:
        return  # these promote
    if name == 'matmul' and dims[0] == 1 and dims[1] == 1:
        words = _REFUSALS['dot']
    elif name == 'inner' and 0 in dims[:2]:
        return
    raise RuntimeError(words.format(name=name, dotted=name.replace('_', '.', 1), result=result, wants=wants, has=has, c_wants=C_NAMES[wants], c_has=C_NAMES[has],
                                    int32=wants == 'Int'))
