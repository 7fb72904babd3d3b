# An expression that ends after its sign.
x = 1 +
