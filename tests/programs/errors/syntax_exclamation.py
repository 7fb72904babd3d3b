# ! as in C.
x = !True
