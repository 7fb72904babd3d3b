# The exponentials of matrices of every size and norm, and their gradients, to the last digit.
import torch

torch.manual_seed(0)
for kind in (torch.float32, torch.float64):
    for size in (1, 2, 4):
        for norm in (1e-8, 1e-5, 1e-3, 0.03, 0.2, 0.5, 1.0, 2.5, 9.0):
            a = (torch.randn(2, size, size) * norm / size).to(kind).requires_grad_()
            y = torch.matrix_exp(a)
            y.square().sum().backward()
            print(size, norm, [n.hex() for n in y.flatten().tolist()[:2]], a.grad.flatten()[-1].item().hex())
print(torch.matrix_exp(torch.randn(3, 3, 1).permute(2, 1, 0)).stride())
