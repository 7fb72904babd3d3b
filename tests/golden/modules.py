# Every module of torch.nn: its printed form, names, output, gradients and second-order gradients, for a seed.
import warnings

import torch
from torch import nn

warnings.simplefilter("ignore")  # of the lazy modules
A, B = torch.float64, torch.long


def x(*sizes):
    return torch.randn(*sizes, dtype=A).requires_grad_()


def labels(size, classes):
    return torch.randint(0, classes, (size,))


def p(*sizes):
    return torch.rand(*sizes, dtype=A) * 0.8 + 0.1


def signs(*sizes):
    return torch.randint(0, 2, sizes).double() * 2 - 1


# A module, what it is called with; both made after the seed, in float64.
MODULES = [
    (lambda: nn.Identity(), lambda: [x(2, 3)]), (lambda: nn.Linear(3, 2), lambda: [x(4, 3)]), (lambda: nn.Linear(3, 2, bias=False), lambda: [x(3)]),
    (lambda: nn.Bilinear(2, 3, 4), lambda: [x(5, 2), x(5, 3)]), (lambda: nn.Flatten(), lambda: [x(2, 3, 4)]), (lambda: nn.Unflatten(1, (2, 3)), lambda: [x(2, 6)]),
    (lambda: nn.Embedding(5, 3), lambda: [labels(4, 5)]), (lambda: nn.Embedding(5, 3, padding_idx=1), lambda: [labels(6, 5)]),
    (lambda: nn.EmbeddingBag(5, 3, mode="sum"), lambda: [labels(6, 5).view(2, 3)]), (lambda: nn.EmbeddingBag(5, 3), lambda: [labels(6, 5), torch.tensor([0, 2])]),
    (lambda: nn.Conv1d(2, 3, 3, padding=1), lambda: [x(2, 2, 5)]), (lambda: nn.Conv1d(2, 4, 2, stride=2, groups=2, bias=False), lambda: [x(1, 2, 6)]),
    (lambda: nn.Conv2d(2, 3, (2, 3), padding=(1, 0)), lambda: [x(1, 2, 4, 4)]), (lambda: nn.Conv2d(1, 2, 2, dilation=2), lambda: [x(1, 1, 5, 5)]),
    (lambda: nn.Conv2d(1, 2, 3, padding=1, padding_mode="circular"), lambda: [x(1, 1, 4, 4)]), (lambda: nn.Conv2d(1, 2, 3, padding="same"), lambda: [x(1, 1, 4, 4)]),
    (lambda: nn.Conv3d(1, 2, 2), lambda: [x(1, 1, 3, 3, 3)]), (lambda: nn.ConvTranspose1d(2, 3, 3, stride=2), lambda: [x(1, 2, 4)]),
    (lambda: nn.ConvTranspose2d(2, 2, 3, stride=2, padding=1, output_padding=1), lambda: [x(1, 2, 3, 3)]),
    (lambda: nn.MaxPool1d(2), lambda: [x(1, 2, 6)]), (lambda: nn.MaxPool2d(2, stride=1), lambda: [x(1, 2, 4, 4)]), (lambda: nn.AvgPool1d(3, 2), lambda: [x(1, 2, 7)]),
    (lambda: nn.AvgPool2d(2, padding=1), lambda: [x(1, 1, 4, 4)]), (lambda: nn.AdaptiveAvgPool1d(2), lambda: [x(1, 2, 5)]), (lambda: nn.AdaptiveAvgPool2d((2, 1)), lambda: [x(1, 2, 5, 4)]),
    (lambda: nn.AdaptiveMaxPool1d(2), lambda: [x(1, 2, 5)]), (lambda: nn.AdaptiveMaxPool2d(2), lambda: [x(1, 1, 5, 4)]), (lambda: nn.LPPool1d(2, 2), lambda: [x(1, 1, 6)]),
    (lambda: nn.LPPool2d(2, 2), lambda: [x(1, 1, 4, 4)]), (lambda: nn.Upsample(scale_factor=2), lambda: [x(1, 1, 3, 2)]),
    (lambda: nn.Upsample(size=(4, 5), mode="bilinear", align_corners=True), lambda: [x(1, 1, 3, 2)]), (lambda: nn.UpsamplingNearest2d(scale_factor=2), lambda: [x(1, 1, 2, 2)]),
    (lambda: nn.UpsamplingBilinear2d(size=4), lambda: [x(1, 1, 2, 3)]), (lambda: nn.ZeroPad2d((1, 0, 2, 1)), lambda: [x(1, 1, 2, 2)]), (lambda: nn.ConstantPad1d(2, 0.5), lambda: [x(1, 2, 3)]),
    (lambda: nn.ConstantPad2d(1, -1.0), lambda: [x(1, 1, 2, 2)]), (lambda: nn.ReflectionPad1d(2), lambda: [x(1, 1, 4)]), (lambda: nn.ReflectionPad2d(1), lambda: [x(1, 1, 3, 3)]),
    (lambda: nn.ReplicationPad1d(2), lambda: [x(1, 1, 4)]), (lambda: nn.ReplicationPad2d((1, 2, 0, 1)), lambda: [x(1, 1, 3, 3)]), (lambda: nn.PixelShuffle(2), lambda: [x(1, 4, 2, 2)]),
    (lambda: nn.PixelUnshuffle(2), lambda: [x(1, 1, 4, 4)]), (lambda: nn.Unfold((2, 2)), lambda: [x(1, 1, 3, 3)]), (lambda: nn.Fold((3, 3), (2, 2)), lambda: [x(1, 4, 4)]),
    (lambda: nn.BatchNorm1d(3), lambda: [x(5, 3)]), (lambda: nn.BatchNorm1d(2).eval(), lambda: [x(3, 2, 4)]), (lambda: nn.BatchNorm2d(2, affine=False), lambda: [x(2, 2, 3, 3)]),
    (lambda: nn.BatchNorm2d(2, track_running_stats=False), lambda: [x(2, 2, 3, 3)]), (lambda: nn.BatchNorm1d(2, momentum=None), lambda: [x(4, 2)]),
    (lambda: nn.BatchNorm3d(2), lambda: [x(2, 2, 2, 2, 2)]), (lambda: nn.InstanceNorm1d(2), lambda: [x(2, 2, 5)]), (lambda: nn.InstanceNorm2d(2, affine=True), lambda: [x(1, 2, 3, 3)]),
    (lambda: nn.LayerNorm(4), lambda: [x(3, 4)]), (lambda: nn.LayerNorm((2, 3), elementwise_affine=False), lambda: [x(2, 2, 3)]), (lambda: nn.GroupNorm(2, 4), lambda: [x(2, 4, 3)]),
    (lambda: nn.LocalResponseNorm(3, alpha=0.1), lambda: [x(1, 4, 3)]), (lambda: nn.Dropout(0.4), lambda: [x(4, 5)]), (lambda: nn.Dropout(0.4).eval(), lambda: [x(4, 5)]),
    (lambda: nn.Dropout1d(0.4), lambda: [x(2, 3, 4)]), (lambda: nn.Dropout2d(0.4), lambda: [x(2, 3, 2, 2)]), (lambda: nn.AlphaDropout(0.4), lambda: [x(4, 5)]),
    (lambda: nn.CosineSimilarity(), lambda: [x(3, 4), x(3, 4)]), (lambda: nn.PairwiseDistance(keepdim=True), lambda: [x(3, 4), x(3, 4)]),
    (lambda: nn.ReLU(), lambda: [x(3, 4)]), (lambda: nn.ReLU6(), lambda: [x(3, 4)]), (lambda: nn.Sigmoid(), lambda: [x(3, 4)]), (lambda: nn.Tanh(), lambda: [x(3, 4)]),
    (lambda: nn.SiLU(), lambda: [x(3, 4)]), (lambda: nn.Mish(), lambda: [x(3, 4)]), (lambda: nn.GELU(), lambda: [x(3, 4)]), (lambda: nn.GELU("tanh"), lambda: [x(3, 4)]),
    (lambda: nn.ELU(0.5), lambda: [x(3, 4)]), (lambda: nn.SELU(), lambda: [x(3, 4)]), (lambda: nn.CELU(2.0), lambda: [x(3, 4)]), (lambda: nn.LeakyReLU(0.2), lambda: [x(3, 4)]),
    (lambda: nn.Softplus(2, 1.0), lambda: [x(3, 4)]), (lambda: nn.Softsign(), lambda: [x(3, 4)]), (lambda: nn.Tanhshrink(), lambda: [x(3, 4)]), (lambda: nn.Hardsigmoid(), lambda: [x(3, 4)]),
    (lambda: nn.Hardswish(), lambda: [x(3, 4)]), (lambda: nn.Hardtanh(-0.5, 0.7), lambda: [x(3, 4)]), (lambda: nn.LogSigmoid(), lambda: [x(3, 4)]), (lambda: nn.Softmax(dim=1), lambda: [x(3, 4)]),
    (lambda: nn.LogSoftmax(dim=0), lambda: [x(3, 4)]), (lambda: nn.Softmin(dim=1), lambda: [x(3, 4)]), (lambda: nn.Softmax2d(), lambda: [x(1, 3, 2, 2)]), (lambda: nn.GLU(), lambda: [x(3, 4)]),
    (lambda: nn.Threshold(0.1, 20.0), lambda: [x(3, 4)]), (lambda: nn.Softshrink(), lambda: [x(3, 4)]), (lambda: nn.Hardshrink(0.3), lambda: [x(3, 4)]), (lambda: nn.PReLU(), lambda: [x(3, 4)]),
    (lambda: nn.PReLU(4, 0.1), lambda: [x(3, 4)]), (lambda: nn.RReLU().eval(), lambda: [x(3, 4)]), (lambda: nn.ReLU(inplace=True), lambda: [x(3, 4) * 1]),
    (lambda: nn.L1Loss(), lambda: [x(3, 4), x(3, 4)]), (lambda: nn.MSELoss(reduction="sum"), lambda: [x(3, 4), x(3, 4)]), (lambda: nn.MSELoss(reduction="none"), lambda: [x(3, 4), x(3, 4)]),
    (lambda: nn.SmoothL1Loss(beta=0.5), lambda: [x(3, 4), x(3, 4)]), (lambda: nn.HuberLoss(delta=0.7), lambda: [x(3, 4), x(3, 4)]), (lambda: nn.BCELoss(), lambda: [p(3, 4).requires_grad_(), p(3, 4)]),
    (lambda: nn.BCELoss(weight=torch.tensor([1.0, 2.0])), lambda: [p(3, 2).requires_grad_(), p(3, 2)]), (lambda: nn.BCEWithLogitsLoss(pos_weight=torch.tensor([3.0])), lambda: [x(3, 4), p(3, 4)]),
    (lambda: nn.NLLLoss(), lambda: [x(3, 4), labels(3, 4)]), (lambda: nn.NLLLoss(weight=torch.tensor([1.0, 2.0, 0.5]), ignore_index=0), lambda: [x(5, 3), labels(5, 3)]),
    (lambda: nn.CrossEntropyLoss(), lambda: [x(3, 4), labels(3, 4)]), (lambda: nn.CrossEntropyLoss(label_smoothing=0.1, reduction="sum"), lambda: [x(3, 4), labels(3, 4)]),
    (lambda: nn.CrossEntropyLoss(weight=torch.tensor([1.0, 2.0, 0.5])), lambda: [x(3, 3), torch.softmax(x(3, 3), 1).detach()]),
    (lambda: nn.KLDivLoss(reduction="batchmean"), lambda: [x(3, 4), p(3, 4)]), (lambda: nn.KLDivLoss(reduction="sum", log_target=True), lambda: [x(3, 4), x(3, 4).detach()]),
    (lambda: nn.PoissonNLLLoss(), lambda: [x(3, 4), p(3, 4)]), (lambda: nn.GaussianNLLLoss(), lambda: [x(3, 4), x(3, 4), p(3, 4).requires_grad_()]),
    (lambda: nn.HingeEmbeddingLoss(), lambda: [x(3, 4), signs(3, 4)]), (lambda: nn.SoftMarginLoss(), lambda: [x(3, 4), signs(3, 4)]),
    (lambda: nn.CosineEmbeddingLoss(0.1), lambda: [x(3, 4), x(3, 4), signs(3)]), (lambda: nn.MarginRankingLoss(0.5), lambda: [x(4), x(4), signs(4)]),
    (lambda: nn.TripletMarginLoss(), lambda: [x(3, 4), x(3, 4), x(3, 4)]), (lambda: nn.TripletMarginWithDistanceLoss(), lambda: [x(3, 4), x(3, 4), x(3, 4)]),
    (lambda: nn.MultiMarginLoss(), lambda: [x(3, 4), labels(3, 4)]), (lambda: nn.MultiLabelSoftMarginLoss(), lambda: [x(3, 4), torch.randint(0, 2, (3, 4)).double()]),
    (lambda: nn.MultiLabelMarginLoss(), lambda: [x(1, 4), torch.tensor([[2, 0, -1, 1]])]),
    (lambda: nn.RNN(2, 3), lambda: [x(4, 1, 2)]), (lambda: nn.RNN(2, 3, num_layers=2, nonlinearity="relu", batch_first=True), lambda: [x(2, 3, 2)]),
    (lambda: nn.LSTM(2, 3), lambda: [x(4, 1, 2)]), (lambda: nn.LSTM(2, 3, 2, bidirectional=True), lambda: [x(3, 2, 2)]),
    (lambda: nn.GRU(2, 3), lambda: [x(4, 1, 2)]), (lambda: nn.GRU(2, 3, bias=False), lambda: [x(4, 2), x(1, 3)]), (lambda: nn.RNNCell(2, 3), lambda: [x(2, 2)]),
    (lambda: nn.LSTMCell(2, 3), lambda: [x(2, 2)]), (lambda: nn.GRUCell(2, 3), lambda: [x(2, 2), x(2, 3)]), (lambda: nn.MultiheadAttention(4, 2), lambda: [x(3, 1, 4), x(2, 1, 4), x(2, 1, 4)]),
    (lambda: nn.MultiheadAttention(4, 1, bias=False, batch_first=True), lambda: [x(1, 3, 4)] * 3), (lambda: nn.TransformerEncoderLayer(4, 2, 5, dropout=0.0), lambda: [x(3, 2, 4)]),
    (lambda: nn.TransformerEncoderLayer(4, 2, 5, dropout=0.0, activation="gelu", norm_first=True, batch_first=True), lambda: [x(2, 3, 4)]),
    (lambda: nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 1, 3, dropout=0.0), 2, nn.LayerNorm(4)), lambda: [x(2, 1, 4)]),
    (lambda: nn.TransformerDecoderLayer(4, 2, 5, dropout=0.0), lambda: [x(3, 1, 4), x(2, 1, 4)]), (lambda: nn.Transformer(4, 2, 1, 1, 5, dropout=0.0), lambda: [x(3, 1, 4), x(2, 1, 4)]),
    (lambda: nn.LazyLinear(2), lambda: [x(4, 3)]), (lambda: nn.LazyLinear(2, bias=False), lambda: [x(4, 3)]), (lambda: nn.LazyConv2d(2, 3), lambda: [x(1, 2, 4, 4)]),
    (lambda: nn.LazyBatchNorm1d(), lambda: [x(4, 3)]), (lambda: nn.Sequential(nn.LazyLinear(3), nn.ReLU(), nn.LazyLinear(1)), lambda: [x(4, 2)]),
    (lambda: nn.Sequential(nn.Linear(2, 3), nn.Tanh(), nn.Linear(3, 1)), lambda: [x(4, 2)]), (lambda: nn.utils.weight_norm(nn.Linear(3, 2)), lambda: [x(4, 3)]),
    (lambda: nn.utils.weight_norm(nn.Conv1d(2, 3, 2), dim=None), lambda: [x(1, 2, 4)]), (lambda: nn.utils.spectral_norm(nn.Linear(3, 2)), lambda: [x(4, 3)]),
    (lambda: nn.MaxPool3d(2), lambda: [x(1, 2, 4, 3, 2)]), (lambda: nn.MaxPool3d((1, 3, 2), (1, 1, 2), (0, 1, 0)), lambda: [x(2, 3, 3, 4)]), (lambda: nn.AvgPool3d(2, 1), lambda: [x(1, 2, 3, 3, 3)]),
    (lambda: nn.AvgPool3d((1, 3, 2), 2, (0, 1, 0), ceil_mode=True, count_include_pad=False), lambda: [x(1, 3, 4, 5)]), (lambda: nn.AdaptiveAvgPool3d((1, 2, 3)), lambda: [x(1, 2, 2, 3, 4)]),
    (lambda: nn.AdaptiveMaxPool3d((2, 1, 2)), lambda: [x(1, 1, 3, 2, 4)]), (lambda: nn.ReflectionPad3d(1), lambda: [x(1, 1, 2, 3, 2)]), (lambda: nn.ReplicationPad3d((1, 0, 2, 1, 0, 1)), lambda: [x(1, 1, 2, 3, 2)]),
    (lambda: nn.ConvTranspose3d(2, 1, 2, stride=2), lambda: [x(1, 2, 2, 2, 1)]), (lambda: nn.LazyConvTranspose2d(2, 2), lambda: [x(1, 3, 3, 2)]), (lambda: nn.LazyConv3d(1, 2), lambda: [x(1, 2, 2, 3, 2)]),
    (lambda: nn.MaxUnpool2d(2), lambda: [x(1, 1, 2, 2), torch.tensor([[[[0, 3], [9, 15]]]])]), (lambda: nn.CTCLoss(), lambda: [x(6, 2, 4), labels(2, 3).view(2, 1) + 1, torch.tensor([6, 5]), torch.tensor([1, 1])]),
    (lambda: nn.LSTM(2, 3, proj_size=2), lambda: [x(4, 2, 2)]), (lambda: nn.LSTM(2, 3, 2, bias=False, proj_size=1, bidirectional=True), lambda: [x(3, 1, 2)]),
    (lambda: nn.MultiheadAttention(4, 2, kdim=3, vdim=5), lambda: [x(3, 2, 4), x(2, 2, 3), x(2, 2, 5)]), (lambda: nn.MultiheadAttention(4, 2, add_bias_kv=True, add_zero_attn=True), lambda: [x(3, 1, 4)] * 3),
    (lambda: nn.Embedding(5, 3, max_norm=1.0), lambda: [labels(4, 5)]), (lambda: nn.EmbeddingBag(5, 3, mode="max", padding_idx=1), lambda: [labels(6, 5).view(2, 3)]),
]

FIRST_ONLY = ["Hardsigmoid", "MultiMarginLoss", "MultiLabelMarginLoss", "CTCLoss", "EmbeddingBag"]  # where PyTorch has no second derivative; that of its weight norm is wrong


def number(value):
    return f"{float(value):.6g}"


def along(tensors):
    """One number for some tensors: their elements along a fixed direction."""
    total = 0
    for t in tensors:
        if t is not None:
            total = total + (t.reshape(-1) * torch.cos(torch.arange(t.numel(), dtype=A) + t.dim())).sum()
    return total


for at, (make, inputs) in enumerate(MODULES):
    torch.manual_seed(at)
    module = make()
    drawn = number(along([q.detach().double() for q in module.parameters() if not isinstance(q, nn.parameter.UninitializedParameter)]))
    lazy = "lazy " + repr(module) if "Lazy" in repr(module) else ""
    torch.set_default_dtype(A)
    module = module.double()
    values = inputs()
    result = module(*values)
    torch.set_default_dtype(torch.float32)
    results = [t for part in (result if isinstance(result, tuple) else (result,)) for t in (part if isinstance(part, tuple) else (part,)) if t is not None]
    leaves = [t for t in list(module.parameters()) + values if t.is_floating_point() and t.requires_grad and t.is_leaf]
    leaves = [t for i, t in enumerate(leaves) if not any(t is other for other in leaves[:i])]
    out = along(results)
    print(f"{at} {lazy}{module!r}: {' '.join(f'{k}{list(v.shape)}' for k, v in module.state_dict().items())}")
    firsts, second = [], 0
    if leaves:
        firsts = torch.autograd.grad(out, leaves, create_graph=True, allow_unused=True)
        slope = along([g for g in firsts if g is not None and g.requires_grad])
        if isinstance(slope, torch.Tensor) and slope.requires_grad and type(module).__name__ not in FIRST_ONLY and not hasattr(module, "weight_g"):
            second = along(torch.autograd.grad(slope, leaves, allow_unused=True))
    print(f"  initial {drawn}; output {' '.join(str(list(t.shape)) for t in results)} {number(out)}; gradients {' '.join('none' if g is None else number(along([g])) for g in firsts)}; "
          f"second {number(second)}; buffers {number(along([b.double() for b in module.buffers()]))}")
