# int | None and list[int] say something to readers, and can be asked for.
def clip(value: float, low: float | None = None, steps: list[int] = []) -> dict[str, int] | None:
    return None


print(clip.__annotations__)
print(int | str, list[int], tuple[int, ...], dict[str, list[float]])
print(isinstance(3, int | None), isinstance(None, int | None), isinstance("a", int | float))
print(list[int]([1, 2]), list[int].__origin__, list[int].__args__)
print(int | None == None | int, int | int, (int | str) | None)
for attempt in [lambda: int[3], lambda: isinstance([], list[int]), lambda: int | 3]:
    try:
        attempt()
    except TypeError as error:
        print(error)
