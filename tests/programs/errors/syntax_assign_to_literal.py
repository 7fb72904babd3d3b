# A number on the left of =.
1 = x
