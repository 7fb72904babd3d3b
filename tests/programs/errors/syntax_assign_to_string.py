# A text on the left of =.
'a' = 1
