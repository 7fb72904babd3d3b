# A loop without an indented body.
for n in range(3):
print(n)
