# Text that documents, and types that are written down but not enforced.
from typing import Optional

class Sample:
    """One point and its label."""

    count: int = 0

    def __init__(self, x: float, label: Optional[str] = None) -> None:
        """Keeps what it is given."""
        self.x: float = x
        self.label = label

def double(n: int) -> int:
    """Twice n."""
    return n * 2

print(Sample.__doc__, double.__doc__, Sample.__init__.__doc__)
print(double("ab"), Sample("not a float").x, Sample.count)
total: int
total = 3
print(total, double.__annotations__)
