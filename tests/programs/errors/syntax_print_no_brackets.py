# print without brackets.
print "hello"
