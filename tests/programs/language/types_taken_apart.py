# typing.get_origin and get_args take apart what stands in annotations.
from typing import Callable, Dict, List, Literal, Optional, Tuple, Union, get_args, get_origin, get_type_hints

for hint in (List[int], Dict[str, int], Tuple[int, ...], Optional[int], Union[int, str, None], Literal["a", 1], list[int], dict[str, list[int]], int):
    print(hint, get_origin(hint), get_args(hint))
print(get_origin(Callable[[int], str]), get_args(Callable[[int], str]))


def scale(x: List[float], by: Optional[float] = None) -> Dict[str, float]:
    return {}


print(get_type_hints(scale))
