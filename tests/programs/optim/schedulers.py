# Learning rate schedules, twelve steps of each.
import torch
from torch.optim import lr_scheduler as S
def run(name, make, n=12, opt=None):
    p = torch.ones(1, requires_grad=True)
    o = (opt or (lambda p: torch.optim.SGD([p], lr=0.1, momentum=0.9)))(p)
    s = make(o)
    out = []
    for i in range(n):
        o.step()
        s.step(1.0 / (i + 1) if i < 3 else 1.0) if name == 'plateau' else s.step()
        out.append(round(o.param_groups[0]['lr'], 8))
    print(name, out)
run('step', lambda o: S.StepLR(o, 4, 0.5))
run('multistep', lambda o: S.MultiStepLR(o, [2, 5, 5], 0.5))
run('exp', lambda o: S.ExponentialLR(o, 0.9))
run('cos', lambda o: S.CosineAnnealingLR(o, 5, 0.01))
run('warm', lambda o: S.CosineAnnealingWarmRestarts(o, 3, 2))
run('lambda', lambda o: S.LambdaLR(o, lambda e: 0.95 ** e))
run('mult', lambda o: S.MultiplicativeLR(o, lambda e: 0.9))
run('const', lambda o: S.ConstantLR(o, 0.5, 3))
run('linear', lambda o: S.LinearLR(o, 0.25, 1.0, 4))
run('poly', lambda o: S.PolynomialLR(o, 6, 2.0))
run('cyclic', lambda o: S.CyclicLR(o, 0.01, 0.1, 3, mode='triangular2'))
run('onecycle', lambda o: S.OneCycleLR(o, 0.5, total_steps=13))
run('onecycle adam', lambda o: S.OneCycleLR(o, 0.5, total_steps=13, anneal_strategy='linear', three_phase=True), opt=lambda p: torch.optim.Adam([p]))
run('plateau', lambda o: S.ReduceLROnPlateau(o, patience=1, factor=0.5))
run('chain', lambda o: S.ChainedScheduler([S.ConstantLR(o, 0.1, 2), S.ExponentialLR(o, 0.9)]))
