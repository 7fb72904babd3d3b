# The memory behind a tensor, its layout, and what else it tells of itself.
import torch

x = torch.arange(6.).view(2, 3)
print(x.storage())
print(len(x.storage()), x.storage()[4], x.storage().tolist(), x.storage().dtype)
y = x.t()[1:]
print(y.storage().data_ptr() == x.storage().data_ptr(), y.storage_offset(), y.stride())
x.storage()[0] = 7.0
print(x[0])
print(x.layout, torch.strided, x.layout == torch.strided, x.is_sparse, x.is_quantized)
print(x._is_view(), x._base, torch.ones(1)._is_view(), x.output_nr, x.is_complex(), x.is_signed())
print(torch.result_type(torch.tensor([1, 2]), 1.0), torch.promote_types(torch.int32, torch.float32), torch.can_cast(torch.float64, torch.int64))
try:
    x.storage()[9]
except IndexError as error:
    print(error)
