# PyTorch's side of the benchmark: runs the programs that bench.mjs sends, one JSON line each ({"source", "name"}), and answers
# with one JSON line each: what it printed, and the processor time that it took. The import of torch is not counted.
import contextlib
import io
import json
import sys
import time

import torch

torch.set_num_threads(1)
print(json.dumps({"version": torch.__version__}), flush=True)

for line in sys.stdin:
    request = json.loads(line)
    code = compile(request["source"], request["name"], "exec")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        begin = time.process_time()
        exec(code, {"__name__": "__main__"})
        seconds = time.process_time() - begin
    print(json.dumps({"seconds": seconds, "printed": printed.getvalue()}), flush=True)
