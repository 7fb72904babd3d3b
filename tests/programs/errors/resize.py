# What resize_ says of sizes that are none.
import torch


def tell(call):
    try:
        print(call())
    except Exception as error:
        print(type(error).__name__ + ":", error)


for size in ((1.5,), "a", None, True, torch.tensor([1, 2]), (1, 2.5), {}, range(2), -1):
    tell(lambda: torch.zeros(2).resize_(size))
tell(lambda: torch.zeros(2).resize_())
tell(lambda: torch.zeros(2).resize_((1,), (1,)))
tell(lambda: torch.zeros(3).resize_(torch.tensor(2)))
tell(lambda: torch.zeros(3).resize_(size=(1, 2), memory_format=torch.preserve_format))
tell(lambda: torch.zeros(3).resize_as_())
