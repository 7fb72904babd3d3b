# print as it was written in Python 2.
print "hello"
