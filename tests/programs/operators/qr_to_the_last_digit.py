# linalg.qr and nn.init.orthogonal_ give PyTorch's bits in float32 and float64.
import torch
import torch.nn as nn


def digits(*tensors):
    return " ".join("".join(v.hex().split("p")[0][-3:] for v in t.reshape(-1).tolist()[-40:]) for t in tensors)


torch.manual_seed(0)
for dtype in torch.float32, torch.float64:
    for sizes in (1, 1), (2, 2), (3, 3), (5, 3), (3, 5), (2, 4, 4), (40, 20), (64, 64):
        a = torch.randn(sizes).to(dtype)
        for mode in "reduced", "complete", "r":
            print(dtype, sizes, mode, digits(*torch.linalg.qr(a, mode=mode)))
for sizes in (3, 3), (16, 8), (8, 16), (3, 5, 3, 3):
    print(sizes, digits(nn.init.orthogonal_(torch.empty(sizes)), nn.init.orthogonal_(torch.empty(sizes), gain=nn.init.calculate_gain("relu"))))
w = nn.init.orthogonal_(torch.empty(3, 3))
torch.set_printoptions(precision=9)
print(w)
