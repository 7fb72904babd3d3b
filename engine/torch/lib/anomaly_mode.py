# torch.autograd.detect_anomaly: a backward pass that tells which operator of the program gave a NaN or failed.
import torch
import warnings


def _set_checked(enabled, check_nan):
    for position, name, given in ((1, 'enabled', enabled), (2, 'check_nan', check_nan)):
        if not isinstance(given, bool):
            raise TypeError(f"set_anomaly_enabled(): argument '{name}' (position {position}) must be bool, not {type(given).__name__}")
    _set_anomaly(enabled, check_nan)


class set_detect_anomaly:
    def __init__(self, mode, check_nan=True):
        self.prev = torch.is_anomaly_enabled()
        self.prev_check_nan = torch.is_anomaly_check_nan_enabled()
        _set_checked(mode, check_nan)

    def __enter__(self):
        pass

    def __exit__(self, *args):
        _set_anomaly(self.prev, self.prev_check_nan)


class detect_anomaly:
    def __init__(self, check_nan=True):
        self.prev = torch.is_anomaly_enabled()
        self.check_nan = check_nan
        self.prev_check_nan = torch.is_anomaly_check_nan_enabled()
        warnings.warn('Anomaly Detection has been enabled. This mode will increase the runtime and should only be enabled for debugging.',
                      stacklevel=2)

    def __enter__(self):
        self.prev = torch.is_anomaly_enabled()
        self.prev_check_nan = torch.is_anomaly_check_nan_enabled()
        _set_checked(True, self.check_nan)

    def __exit__(self, *args):
        _set_anomaly(self.prev, self.prev_check_nan)
