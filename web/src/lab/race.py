# Optimizers from the same start on the program's loss. The program is run up to its pass number PASS for each step, with its leaves moved to where the
# optimizer has brought them; the optimizers are the engine's own, on tensors of the inquiry. START: for each leaf its name, use, shape and elements;
# RACERS: a class of torch.optim and its options as text; STEPS.
import torch

MOST_SHOWN = 16
FAR = 1e15


def shown(value):
    if isinstance(value, torch.Tensor):
        return {"shape": list(value.shape), "dtype": "float32", "values": value.detach().flatten()[:MOST_SHOWN].tolist()}
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return {"shape": [], "dtype": "int64" if isinstance(value, int) else "float32", "values": [value]}


def start_of(kind, options):
    parameters = []
    for name, use, shape, values in START:
        parameters.append(torch.tensor(values, dtype=torch.float32).reshape(shape).requires_grad_(True))
    optimizer = evaluate("torch.optim." + kind + "(parameters, " + options + ")", {"torch": torch, "parameters": parameters})
    return parameters, optimizer


def steps():
    yield
    racers = []
    for index, (kind, options) in enumerate(RACERS):
        try:
            racers.append((index, *start_of(kind, options)))
        except (Exception, SyntaxError) as error:
            answer({"racer": index, "wrong": str(error)})
    for step in range(STEPS + 1):
        racing = []
        for index, parameters, optimizer in racers:
            moves = []
            for (name, use, shape, values), parameter in zip(START, parameters):
                now = parameter.detach().flatten().tolist()
                moves += [(use, i, now[i]) for i in range(len(now))]
            moment = yield moves
            if not moment:
                answer({"racer": index, "step": step, "wrong": "The program ends before its loss there."})
                continue
            loss = moment[1][0]
            seed = seed_of(loss, moment[1], moment[2])
            value = weigh(loss, seed)
            known = leaves_of(moment[0])
            gradients = torch.autograd.grad(loss, [known[name] for name, *_ in START], grad_outputs=seed.to(loss.dtype), allow_unused=True)
            with torch.no_grad():
                for parameter, gradient in zip(parameters, gradients):
                    parameter.grad = None if gradient is None else gradient.detach().clone()
            moment = known = gradients = loss = None
            kept = []
            for parameter in parameters:
                state = {key: shown(what) for key, what in optimizer.state[parameter].items()} if parameter in optimizer.state else {}
                kept.append({"value": shown(parameter), "grad": None if parameter.grad is None else shown(parameter.grad), "state": {key: what for key, what in state.items() if what}})
            far = not abs(value) < FAR or any(not parameter.detach().abs().max().item() < FAR for parameter in parameters)
            answer({"racer": index, "step": step, "loss": value, "parameters": kept, "far": far})
            if far:
                continue
            racing.append((index, parameters, optimizer))
            optimizer.step()
        racers = racing


plan = steps()
