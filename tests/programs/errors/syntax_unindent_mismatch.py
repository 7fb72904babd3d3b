# A line that matches no indentation above.
if True:
        x = 1
    y = 2
