# torch.no_grad() also works as a decorator, and enable_grad undoes it inside.
import torch

w = torch.tensor([2.0], requires_grad=True)

@torch.no_grad()
def predict(x):
    return w * x

def train(x):
    with torch.no_grad():
        with torch.enable_grad():
            return w * x

print(predict(3.0))
print(train(3.0))
print(predict.__name__)

class Model:
    @torch.no_grad()
    def predict(self, x, *, scale=1):
        return w * x * scale

print(Model().predict(3.0, scale=2))
