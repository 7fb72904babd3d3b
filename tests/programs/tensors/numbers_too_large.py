# Integers beyond 64 bits, tensors of several types compared, and lists of tensors that hold more than one number.
import torch


def tried(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__, error)


x = torch.ones(2)
tried(lambda: x * 2 ** 70)
tried(lambda: x == 2 ** 63)
tried(lambda: x.fill_(2 ** 63))
tried(lambda: torch.tensor([1, 2 ** 70]))
tried(lambda: torch.tensor([1.5, 2 ** 70]))
tried(lambda: torch.arange(float('nan')))
tried(lambda: torch.arange(1, float('inf')))
tried(lambda: torch.equal(torch.tensor([1, 2]), torch.tensor([1., 2.])))
tried(lambda: torch.equal(x, x.double()))
tried(lambda: torch.equal(x, torch.tensor([1, 2])))
tried(lambda: torch.equal(torch.tensor([True]), torch.tensor([1])))
tried(lambda: torch.tensor([x, x]))
tried(lambda: torch.tensor([torch.tensor([1, 2]), torch.tensor([3, 4])]))
tried(lambda: torch.tensor([torch.tensor(1), 2.5]))
singular = torch.stack([torch.ones(2, 2), torch.eye(2)])
tried(lambda: torch.linalg.cond(singular, 1))
tried(lambda: torch.linalg.cond(singular, 'fro'))
