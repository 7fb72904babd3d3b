# Methods of tensors that few programs use: apply_, map_, fill_diagonal_, resize_, set_, and what is the same for every tensor without other devices and layouts.
import torch


def show(f):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)


x = torch.tensor([.5, -1., 2.], requires_grad=True)
z = torch.ones(2, 3)
for f in [lambda: z.apply_(lambda v: v + 1), lambda: x.apply_(abs), lambda: z.map_(z, lambda a, b: a + b), lambda: x.map_(x, max),
          lambda: z.map2_(z, z, lambda a, b, c: a + b - c), lambda: z.map_(3, max),
          lambda: (z.names, z.name, z.has_names(), z.is_cpu, z.is_pinned(), z.is_shared(), z.is_sparse_csr, z.is_mkldnn, z.is_conj(), z.is_set_to(z)),
          lambda: (x.conj() is x, x.real is x, x.resolve_conj() is x), lambda: z.imag, lambda: x.H, lambda: z.H]:
    show(f)

z = torch.ones(2, 3)
for f in [lambda: x.resize_(2), lambda: z.resize_(4, 2).shape, lambda: z.resize_(2), lambda: z.resize_as_(torch.ones(3)).shape, lambda: z.set_(torch.arange(4.)),
          lambda: z.set_(), lambda: x.set_(z), lambda: x.new(2, 3).shape, lambda: x.new([1, 2]), lambda: x.new_empty_strided((2, 3), (1, 2)).stride()]:
    show(f)

graph = torch.ones(1, requires_grad=True)
for f in [lambda: torch.ones(2, 2).fill_diagonal_(5), lambda: torch.ones(2).fill_diagonal_(5), lambda: torch.ones(7, 3).fill_diagonal_(5, wrap=True),
          lambda: torch.ones(3, 5).fill_diagonal_(5, wrap=True), lambda: torch.ones(3, 3, 3).fill_diagonal_(5)[1], lambda: torch.ones(2, 2, 3).fill_diagonal_(1),
          lambda: (torch.ones(2, 2) * graph).fill_diagonal_(4), lambda: (x * 1).cumsum_(0), lambda: (x * 1).cumprod_(0), lambda: torch.tensor([1, 2]).cumsum_(0),
          lambda: x.cumsum_(0), lambda: (x * 1).float_power_(2), lambda: (x * 1).double().float_power_(2), lambda: x.solve(x)]:
    show(f)
