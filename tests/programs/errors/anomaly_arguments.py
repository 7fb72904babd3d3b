# What set_detect_anomaly is given must be a bool; a pair of families without a Kullback-Leibler divergence is told.
import torch
from torch.distributions import Categorical, Normal, kl_divergence

calls = [
    lambda: torch.autograd.set_detect_anomaly(1),
    lambda: torch.autograd.set_detect_anomaly('on'),
    lambda: torch.autograd.set_detect_anomaly(True, check_nan=None),
    lambda: kl_divergence(Categorical(torch.ones(2)), Normal(0.0, 1.0)),
]
for call in calls:
    try:
        print(call())
    except (TypeError, NotImplementedError) as error:
        print(type(error).__name__, error)
print(torch.is_anomaly_enabled(), torch.is_anomaly_check_nan_enabled())
