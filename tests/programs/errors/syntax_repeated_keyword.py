# A keyword given twice in a call.
print(1, sep='', sep='-')
