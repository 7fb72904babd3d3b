# An octal number with a wrong digit.
x = 0o89
