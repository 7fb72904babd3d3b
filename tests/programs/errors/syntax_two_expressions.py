# Two expressions on a line.
x = 1 y = 2
