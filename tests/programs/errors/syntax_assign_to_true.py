# True on the left of =.
True = 0
