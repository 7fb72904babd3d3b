# A semicolon inside brackets.
x = [1, 2, 3; 4]
