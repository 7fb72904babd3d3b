# A number that ends with an underscore.
x = 1__0
