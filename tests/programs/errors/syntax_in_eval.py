# What eval() says of a text that is no expression.
pieces = ["a b", "x = 3", "x += 3", "(1", "", "1; 2", "1\n2", "import math", "print(1", "if x: 3", "1 # a comment", " 1 + 1", "(1 +\n2)",
          "x == 3 = 4", "1 if 2", "x := 3", "(x := 3)", "1,", "x: int", "5 = 3", "1 +\n2", "def f(): pass", "'abc", "[1, 2)", "1 +* 2"]
x = 1
for piece in pieces:
    try:
        print(repr(piece), eval(piece))
    except SyntaxError as error:
        print(repr(piece), error.msg)
eval("x = 3")
