# The other side of the benchmark: PyTorch, or with the argument `plain` CPython without torch, whose many objects would slow its collector.
# Runs the programs that bench.mjs sends, one JSON line each ({"source", "name"}), and answers with one JSON line each: what it printed, and
# the processor time that it took. The import of torch is not counted.
import contextlib
import io
import json
import platform
import sys
import time

if "plain" in sys.argv:
    version = platform.python_version()
else:
    import torch

    torch.set_num_threads(1)
    version = torch.__version__
print(json.dumps({"version": version}), flush=True)

for line in sys.stdin:
    request = json.loads(line)
    code = compile(request["source"], request["name"], "exec")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        begin = time.process_time()
        exec(code, {"__name__": "__main__"})
        seconds = time.process_time() - begin
    print(json.dumps({"seconds": seconds, "printed": printed.getvalue()}), flush=True)
