# torch.special's polynomials, zeta, incomplete gamma and Bessel functions: which of them make a graph, and which say that they have no derivative.
import torch

S = torch.special
torch.set_printoptions(precision=3)
x, n = torch.linspace(-1, 1, 5), torch.tensor([0.0, 1, 2, 3, 4])
for name in ('chebyshev_polynomial_t', 'chebyshev_polynomial_u', 'hermite_polynomial_h', 'hermite_polynomial_he', 'laguerre_polynomial_l', 'legendre_polynomial_p',
             'shifted_chebyshev_polynomial_t'):
    print(name, getattr(S, name)(x, n), getattr(S, name)(x, 3).requires_grad)
for name in 'bessel_j0', 'bessel_j1', 'bessel_y0', 'modified_bessel_i0', 'modified_bessel_k0', 'airy_ai', 'spherical_bessel_j0':
    print(name, getattr(S, name)(torch.tensor([0.5, 1, 2, 5])))
a, t = torch.tensor([0.5, 2, 7], requires_grad=True), torch.tensor([0.7, 3, 4], requires_grad=True)
print(S.zeta(2, t), torch.igamma(a, t), torch.igammac(a, t).grad_fn.name())
torch.igamma(a.detach(), t).sum().backward()
print(t.grad)
for loss in torch.igamma(a, t), S.zeta(a + 1, t.detach()):
    try:
        loss.sum().backward()
    except NotImplementedError as error:
        print(error)
