# A conditional expression that ends with else.
y = 2
x = 5 if y else
