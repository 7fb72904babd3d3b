# In which line the mistake is, whatever stands above and below.
pieces = ["is_prime = [True] * (limit + )1", "print(type(error.)__name__)", "import y.backward()", "heap if = []", "from torc", "lambda print(3)",
          "def f(a a): pass", "def method(self self): pass", "f(m m)", "f(a b)", "or i in range(3): pass", "i in range(4):", "old_way(x):", "class A\n:",
          "def f\n(a): pass", "try\n:", "x = [1, 2\nfor i in range(3):\n    print(i)", "[total = [0] * 3\nfor c in 'ab':\n    print(c)", "print(1 <> 2)",
          "try:\n    x = 1\ne\n", "p -=\np.grad = None", "flat[0] = \nrow += 7", "from math\nimport cos", "x = 3 if 1 else", "y = x *\nz = 3"]
for piece in pieces:
    try:
        compile(f"a = 1\nb = [a,\n     2]\n{piece}\nif a:\n    b = a\nc = {{1: 2}}\n", "text", "exec")
        print(repr(piece), "compiles")
    except SyntaxError as error:
        print(repr(piece), type(error).__name__, error.msg, error.lineno, error.offset)
