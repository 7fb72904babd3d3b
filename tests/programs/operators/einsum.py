# einsum: the letters say what is multiplied and what is summed.
import torch

a = torch.arange(6.0).reshape(2, 3).requires_grad_()
b = torch.arange(12.0).reshape(3, 4).requires_grad_()
m, v = torch.arange(9.0).reshape(3, 3), torch.tensor([1.0, 2.0, 3.0])
y = torch.einsum("ij,jk->ik", a, b)
print(y)
y.pow(2).sum().backward()
print(a.grad, b.grad, sep="\n")
print(torch.einsum("ij->ji", a), torch.einsum("ii", m), torch.einsum("ii->i", m), torch.einsum("ij->", a))
print(torch.einsum("i,j->ij", v, v), torch.einsum("ij,j->i", a, v), torch.einsum("ij,ij->i", a, a))
print(torch.einsum("bhqd,bhkd->bhqk", torch.ones(1, 2, 3, 4), torch.ones(1, 2, 5, 4)).shape, torch.einsum("...ij,jk", a, b).shape)
print(torch.einsum("ij,jk,k->i", a, b, torch.ones(4)), torch.einsum("ij,kl->il", [a, b]))
for equation, operands in [("ijk,jk->ik", [a, b]), ("ij,ik->i", [a, b]), ("ij->k", [a]), ("ij", [a, b]), ("i1", [a])]:
    try:
        torch.einsum(equation, *operands)
    except RuntimeError as e:
        print(e)
