# from import of nothing.
from math import
