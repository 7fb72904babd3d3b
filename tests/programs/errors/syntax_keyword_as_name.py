# A keyword as a variable.
class = 1
