# None on the left of =.
None = 1
