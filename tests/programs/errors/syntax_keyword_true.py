# True as a keyword in a call.
f(True=1)
