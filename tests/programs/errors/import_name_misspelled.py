# An imported name that is misspelled.
from math import sqroot
