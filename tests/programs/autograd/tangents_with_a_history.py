# Forward over reverse: the tangent of what requires a gradient is the result of operators of its own, in PyTorch's formulas.
import torch
import torch.autograd.forward_ad as fwAD
import torch.nn.functional as F

x = torch.tensor([0.5, -2.0, 3.0], requires_grad=True)
v = torch.tensor([1.0, 0.5, -1.0], requires_grad=True)
mask = torch.tensor([True, False, True])

def tree(node, depth=3):
    if node is None or depth == 0:
        return "-" if node is None else "..."
    inner = ", ".join(tree(n, depth - 1) for n, _ in node.next_functions)
    return node.name().split("::")[-1] + (f"({inner})" if inner else "")

def show(name, y):
    tangent = fwAD.unpack_dual(y).tangent
    digits = [round(t, 4) + 0.0 for t in tangent.flatten().tolist()]
    print(f"{name}: {digits} {tangent.dtype} {tree(tangent.grad_fn) if tangent.grad_fn else tangent.requires_grad}")

for first, second in (x, v.detach()), (x.detach(), v), (x, v):
    with fwAD.dual_level():
        d = fwAD.make_dual(first, second)
        for f in ["d * 3", "d + 1", "1 - d", "d / d", "1 / d", "d ** 3", "d ** d.abs()", "d.softmax(0)", "d.logsumexp(0)", "d.norm()", "d.norm(1)",
                  "d.var()", "d.std()", "F.mse_loss(d, d * 0)", "F.linear(d[None], d[None])", "d @ d", "torch.where(mask, d, 0)", "d.max()", "torch.maximum(d, d * 2)", "d.prod()",
                  "d.cumprod(0)", "torch.stack([d, d]).sum(0)", "d[0] * 2.5", "d.clamp(0, 1)", "torch.atan2(d, d * d)", "d.erf()"]:
            show(f, eval(f))
        for f in ["mul_(2)", "add_(d)", "exp_()", "neg_()", "zero_()", "fill_(2)", "masked_fill_(mask, 0)", "copy_(d * 2)", "copy_(torch.ones(3))", "uniform_()", "pow_(2)"]:
            show(f, eval("d.clone()." + f))
        row = d.clone()
        row[1:].mul_(d[1:])
        show("a part, in place", row)
        row[0] = 2
        show("one element set", row)
        tangent = fwAD.unpack_dual((d * d.sin()).sum() / d.norm()).tangent
        tangent.backward()
        print(x.grad, v.grad, *[fwAD.unpack_dual(y).tangent.grad_fn.name() for y in (d.relu(), F.elu(d), F.leaky_relu(d), F.gelu(d))])
        x.grad = v.grad = None
