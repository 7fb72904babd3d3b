# pprint puts a long container on several lines.
from collections import Counter, OrderedDict, defaultdict
from dataclasses import dataclass
from pprint import pformat, pp, pprint

@dataclass
class Layer:
    name: str
    shape: tuple
    options: dict

settings = {"learning_rate": 0.01, "layers": [16, 32, 64], "activation": "relu", "optimizer": {"name": "SGD", "momentum": 0.9, "nesterov": True}, "b": None}
pprint(settings)
pp(settings, width=40, indent=2)
pprint([list(range(10)) for _ in range(3)], width=40)
pprint(list(range(40)), width=50, compact=True)
pprint(settings, depth=1)
print(pformat((1,)), pformat({"z": 1, "a": 2}), pformat({3, 1, 2}), pformat("short"))
pprint({"text": "a long text that does not fit into one line and so is split into pieces", "n": 1}, width=40)
pprint("a long text that does not fit into one line and so is split", width=30)
pprint([Layer("linear", (784, 128), {"bias": True}), Layer("output", (128, 10), {"bias": False})], width=60)
pprint(defaultdict(list, {"first": list(range(12)), "second": list(range(12))}), width=50)
pprint(Counter("a man a plan a canal panama"), width=30)
pprint(OrderedDict((name, name * 6) for name in "abcd"), width=30)
