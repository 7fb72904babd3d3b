# The module `gc`: memory is freed when its last reference goes, and cycles that nobody holds are looked for now and then (cycles.cpp).
from _machine import collect as _collect
_state = [True]
def collect(generation=2):
    return _collect()
def enable():
    _state[0] = True
def disable():
    _state[0] = False
def isenabled():
    return _state[0]
def get_count():
    return 0, 0, 0
