# torch.optim.swa_utils: stochastic weight averaging. A model of averaged weights, the schedule that goes with it, and new statistics for its batch norms.
import math

import torch
from torch.nn import Module
from torch.optim.lr_scheduler import LRScheduler


class AveragedModel(Module):
    """A copy of `model` whose parameters are the running mean of those it is shown (or what `avg_fn(averaged, parameter, count)` makes of them)."""

    def __init__(self, model, device=None, avg_fn=None, use_buffers=False):
        from copy import deepcopy
        super().__init__()
        self.module = deepcopy(model)
        self.register_buffer('n_averaged', torch.tensor(0, dtype=torch.long))
        self.avg_fn = avg_fn if avg_fn is not None else self._mean
        self.use_buffers = use_buffers

    @staticmethod
    def _mean(averaged, parameter, count):
        return averaged + (parameter - averaged) / (count + 1)

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def _all_of(self, model):
        return [*model.parameters(), *(model.buffers() if self.use_buffers else ())]

    def update_parameters(self, model):
        for mine, theirs in zip(self._all_of(self.module), self._all_of(model)):
            mine, theirs = mine.detach(), theirs.detach()
            mine.copy_(theirs if self.n_averaged == 0 else self.avg_fn(mine, theirs, self.n_averaged))
        self.n_averaged += 1


@torch.no_grad()
def update_bn(loader, model, device=None):
    """Runs the model over the data once, so that its batch norms know the mean and variance under the weights that it has now."""
    norms = {}
    for module in model.modules():
        if isinstance(module, torch.nn.modules.batchnorm._BatchNorm):
            module.running_mean, module.running_var = torch.zeros_like(module.running_mean), torch.ones_like(module.running_var)
            norms[module] = module.momentum
    if not norms:
        return
    was_training = model.training
    model.train()
    for module in norms:
        module.momentum = None
        module.num_batches_tracked *= 0
    for batch in loader:
        model(batch[0] if isinstance(batch, (list, tuple)) else batch)
    for module, momentum in norms.items():
        module.momentum = momentum
    model.train(was_training)


class SWALR(LRScheduler):
    """Goes from the rate there is to `swa_lr` within `anneal_epochs`, along a cosine or a line, and stays there."""

    def __init__(self, optimizer, swa_lr, anneal_epochs=10, anneal_strategy='cos', last_epoch=-1):
        groups = optimizer.param_groups
        rates = list(swa_lr) if isinstance(swa_lr, (list, tuple)) else [swa_lr] * len(groups)
        if len(rates) != len(groups):
            raise ValueError(f'swa_lr must have the same length as optimizer.param_groups: swa_lr has {len(rates)}, optimizer.param_groups has {len(groups)}')
        for group, rate in zip(groups, rates):
            group['swa_lr'] = rate
        if anneal_strategy not in ('cos', 'linear'):
            raise ValueError(f"anneal_strategy must by one of 'cos' or 'linear', instead got {anneal_strategy}")
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f'anneal_epochs must be equal or greater than 0, got {anneal_epochs}')
        self.anneal_func = self._cosine_anneal if anneal_strategy == 'cos' else self._linear_anneal
        self.anneal_epochs = anneal_epochs
        super().__init__(optimizer, last_epoch)

    @staticmethod
    def _linear_anneal(t):
        return t

    @staticmethod
    def _cosine_anneal(t):
        return (1 - math.cos(math.pi * t)) / 2

    def _share(self, step):
        return self.anneal_func(max(0, min(1, step / max(1, self.anneal_epochs))))

    def get_lr(self):
        self._check_within_step()
        step = self._step_count - 1
        if self.anneal_epochs == 0:
            step = max(1, step)
        before, now = self._share(step - 1), self._share(step)
        rates = []
        for group in self.optimizer.param_groups:
            first = group['swa_lr'] if before == 1 else (group['lr'] - before * group['swa_lr']) / (1 - before)
            rates.append(group['swa_lr'] * now + first * (1 - now))
        return rates
