# A comma behind the last module.
import math,
