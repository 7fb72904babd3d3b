# batch_norm where the input or the gradient does not lie in one piece: PyTorch takes another way then.
import torch

torch.manual_seed(3)
for shape in (4, 3), (5, 2, 3), (2, 3, 4, 4):
    for turn in False, True:
        x = torch.randn(shape)
        if turn:
            x = x.transpose(0, -1).contiguous().transpose(0, -1)
        for training in True, False:
            layer = torch.nn.BatchNorm1d(shape[1]) if len(shape) < 4 else torch.nn.BatchNorm2d(shape[1])
            layer.train(training)
            leaf = x.detach().requires_grad_()
            y = layer(leaf)
            (y.sum() if training else (y * y).sum()).backward()
            print(y.flatten().tolist()[:6], leaf.grad.flatten().tolist()[:6])
            print(layer.weight.grad.tolist() if turn or training else '', layer.running_var.tolist())
rows = torch.tensor([[0.1, 0.7]]).expand(4, 2)
print(torch.nn.functional.batch_norm(rows, None, None, training=True))
