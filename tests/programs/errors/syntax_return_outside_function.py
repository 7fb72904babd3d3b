# return only makes sense inside a function.
x = 1
return x
