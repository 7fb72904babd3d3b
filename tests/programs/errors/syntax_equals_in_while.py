# = in the condition of while.
x = 0
while x = 0:
    pass
