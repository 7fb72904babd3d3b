# @torch.no_grad() and its kin: a function that runs in a grad mode of its own.
import functools


def decorate(mode, function):
    @functools.wraps(function)
    def run(*args, **kwargs):
        with mode():
            return function(*args, **kwargs)
    return run
