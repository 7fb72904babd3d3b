# join() of numbers.
print(', '.join([1, 2]))
