# A gradient made with create_graph=True is the result of a backward operator: its grad_fn says of which, and what does not bend has zeros behind it.
import torch
import torch.nn.functional as F

functions = {
    'tanh': torch.tanh, 'sigmoid': torch.sigmoid, 'relu': F.relu, 'leaky_relu': F.leaky_relu, 'elu': F.elu, 'gelu': F.gelu, 'softplus': F.softplus,
    'logsigmoid': F.logsigmoid, 'hardtanh': F.hardtanh, 'softmax': lambda x: F.softmax(x, 1), 'log_softmax': lambda x: F.log_softmax(x, 1),
    'mse_loss': lambda x: F.mse_loss(x, x.detach() * 2), 'cross_entropy': lambda x: F.cross_entropy(x, torch.tensor([1, 0])),
    'layer_norm': lambda x: F.layer_norm(x, (4,)), 'batch_norm': lambda x: F.batch_norm(x, None, None, training=True),
    'max_pool': lambda x: F.max_pool2d(x.view(1, 1, 2, 4), 2), 'abs': torch.abs, 'exp': torch.exp,
}
for name, f in functions.items():
    x = torch.linspace(-1.1, 1.3, 8).view(2, 4).requires_grad_()
    (f(x) ** 2).sum().backward(create_graph=True)
    (x.grad * torch.arange(8.0).view(2, 4)).sum().backward(inputs=[x])
    (g,) = torch.autograd.grad(f(x).sum(), x, create_graph=True)
    print(name, g.grad_fn.name(), torch.autograd.grad(g.sum(), x)[0].abs().max() > 1e-4)
    print(x.grad)
