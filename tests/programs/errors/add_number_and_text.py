# A text added to a number.
x = 1 + 'a'
