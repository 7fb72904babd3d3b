# A generator among other arguments without brackets.
print(sum(x for x in range(3), 1))
