# x++ as in C.
x = 1
x++
