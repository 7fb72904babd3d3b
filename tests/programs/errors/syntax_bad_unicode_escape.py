# An escape that is cut short.
x = '\u12'
