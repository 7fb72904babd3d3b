# A lambda that ends with its colon.
f = lambda x:
