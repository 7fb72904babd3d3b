# A for of which only the variable is there.
total = 0
for i
