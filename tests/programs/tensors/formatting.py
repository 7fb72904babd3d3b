# Tensors in f-strings: with a format spec only when there is a single number.
import torch

loss = torch.tensor(0.123456)
print(f"{loss}|{loss:.3f}|{loss:10.2e}|{loss.item():.4f}")
print("%.2f %s" % (loss, loss), "{:.1f}".format(loss))
w = torch.tensor(2.0, requires_grad=True)
print(f"{w * 3}", f"{w * 3:.2f}", w * 3)
try:
    print(f"{torch.tensor([1.0, 2.0]):.2f}")
except TypeError as error:
    print(error)
