# && as in C.
if True && False:
    pass
