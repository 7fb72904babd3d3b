# A scheduler that is stepped before its optimizer skips the first rate, and warns.
import torch

w = torch.ones(1, requires_grad=True)


class Plain(torch.optim.SGD):
    def step(self, closure=None):
        return super().step(closure)


for make in torch.optim.SGD, Plain:
    optimizer = make([w], lr=1.0)
    scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.5)
    for epoch in range(3):
        scheduler.step()
        optimizer.step()
        print(epoch, scheduler.get_last_lr())
optimizer.step()
scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, 0.9)
optimizer.step()
scheduler.step()
print(scheduler.state_dict())
