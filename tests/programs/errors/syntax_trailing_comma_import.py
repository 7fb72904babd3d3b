# A comma after the last imported name.
from math import pi,
