# A line that breaks off does not go on in the next: not even where both together would be something.
pieces = ["y = x *\nz", "x = \n3", "x = not\n3", "x.\nreal", "x = 1 if 2 else\n3", "x +=\n1", "for i in\n[1]: pass", "import\nmath",
          "from math import\npi", "x = lambda\nq: 3", "lambda q:\n3", "del\nx", "x == \\\n1 +\n2", "x or\n1", "raise x from\nx", "x: \nint",
          "if x ==\n1: pass", "import math as\nm", "not\nx", "x[0] = -\n1", "x = yield\n3", "with x as\ny: pass", "x **  \n2", "y = x +\n\n\nz = 3"]
x = 1
for piece in pieces:
    try:
        exec(piece)
        print(repr(piece), "runs")
    except SyntaxError as error:
        print(repr(piece), error.msg, error.lineno, error.offset)
