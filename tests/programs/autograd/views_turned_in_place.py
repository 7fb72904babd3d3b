# A view that is turned in place goes on from its own history; views of several outputs may be asked, not changed.
import torch


def graph(node):
    return node.name() + "".join([f" <- {graph(to)}" for to, _ in node.next_functions if to is not None][:1])


x = torch.ones(2, 1, requires_grad=True)
for turn in [lambda v: v.t_(), lambda v: v.squeeze_(), lambda v: v.unsqueeze_(0), lambda v: v.transpose_(0, 1)]:
    c = x * 2
    v = c.view(1, 2)[0:1]
    turn(v)
    print(tuple(v.shape), graph(v.grad_fn))
    v.sum().backward()
print(x.grad)

d = torch.ones(4, 3, requires_grad=True) * 2
e = d.chunk(2)[1]
d.sin_()
print(e.requires_grad, e.output_nr, (e > 0).all())
for use in [lambda: e.mul_(2), lambda: e + 1, lambda: e.zero_()]:
    try:
        use()
    except RuntimeError as error:
        print(error)
