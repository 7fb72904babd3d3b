# An uncaught error: the output so far stays, the traceback goes to stderr, the exit status is 1.
total, count = 10, 0
print("before")
average = total / count
print("never reached")
