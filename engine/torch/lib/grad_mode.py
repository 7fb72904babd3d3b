# @torch.no_grad() and its kin: a function that runs in a grad mode of its own.
import functools


def decorate(kind, inside, function):
    takes_mode = kind.__name__ in ('set_grad_enabled', 'inference_mode')

    def mode():
        return kind(inside) if takes_mode else kind()

    if _makes_generator(function):
        @functools.wraps(function)
        def walk(*args, **kwargs):
            generator = function(*args, **kwargs)
            try:
                with mode():
                    given = generator.send(None)
                while True:
                    try:
                        sent = yield given
                    except GeneratorExit:
                        with mode():
                            generator.close()
                        raise
                    except BaseException as error:
                        with mode():
                            given = generator.throw(error)
                    else:
                        with mode():
                            given = generator.send(sent)
            except StopIteration as end:
                return end.value
        return walk

    @functools.wraps(function)
    def run(*args, **kwargs):
        with mode():
            return function(*args, **kwargs)
    return run
