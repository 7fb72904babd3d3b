// Tracebacks and syntax errors, to the letter of CPython 3.11.
#include <doctest/doctest.h>

#include "python_program.h"

using namespace nabla;

TEST_CASE("traceback: an operator has its sign marked, a subscript its brackets, a call all of it") {
  CHECK(run_program("a = 1\nb = a + 2 * 'x' / 3\n").error ==
        "Traceback (most recent call last):\n  File \"test.py\", line 2, in <module>\n    b = a + 2 * 'x' / 3\n            ~~~~~~~~^~~\n"
        "TypeError: unsupported operand type(s) for /: 'str' and 'int'\n");
  CHECK(run_program("x = {}\nprint(x['k'][1])\n").error ==
        "Traceback (most recent call last):\n  File \"test.py\", line 2, in <module>\n    print(x['k'][1])\n          ~^^^^^\nKeyError: 'k'\n");
  CHECK(run_program("def f(a): pass\nx = [f()]\n").error ==
        "Traceback (most recent call last):\n  File \"test.py\", line 2, in <module>\n    x = [f()]\n         ^^^\n"
        "TypeError: f() missing 1 required positional argument: 'a'\n");
}

TEST_CASE("traceback: a statement that is its whole line has no marks") {
  CHECK(run_program("def f():\n    raise ValueError('no')\nf()\n").error ==
        "Traceback (most recent call last):\n  File \"test.py\", line 3, in <module>\n    f()\n  File \"test.py\", line 2, in f\n"
        "    raise ValueError('no')\nValueError: no\n");
}

TEST_CASE("traceback: marks count characters, not bytes") {
  CHECK(run_program("print('éé', 1/0)\n").error ==
        "Traceback (most recent call last):\n  File \"test.py\", line 1, in <module>\n    print('éé', 1/0)\n                ~^~\n"
        "ZeroDivisionError: division by zero\n");
}

TEST_CASE("traceback: exceptions in a chain are shown from the first on") {
  const std::string error = run_program("try:\n    1/0\nexcept ZeroDivisionError as e:\n    raise ValueError('a') from e\n").error;
  CHECK(error.find("ZeroDivisionError: division by zero\n\nThe above exception was the direct cause of the following exception:\n\nTraceback") != std::string::npos);
  CHECK(run_program("try:\n    1/0\nexcept ZeroDivisionError:\n    x\n").error.find("\nDuring handling of the above exception, another exception occurred:\n\n") != std::string::npos);
  CHECK(run_program("try:\n    1/0\nexcept ZeroDivisionError:\n    raise ValueError from None\n").error.find("Zero") == std::string::npos);
}

TEST_CASE("traceback: equal frames of a recursion are counted") {
  const std::string error = run_program("def f(n):\n    return f(n + 1)\nf(0)\n").error;
  CHECK(error.find("  [Previous line repeated 996 more times]\nRecursionError: maximum recursion depth exceeded\n") != std::string::npos);
}

TEST_CASE("traceback: a name nearly right is suggested") {
  CHECK(run_program("counter = 1\nprint(conter)\n").error.find("NameError: name 'conter' is not defined. Did you mean: 'counter'?") != std::string::npos);
  CHECK(run_program("class A:\n    def __init__(self): self.value = 1\nA().valu\n").error.find("has no attribute 'valu'. Did you mean: 'value'?") != std::string::npos);
}

TEST_CASE("syntax: the common mistakes have CPython's words and places") {
  struct Case {
    const char* source;
    const char* error;
  };
  const Case cases[] = {
      {"x = (1,\ny = 2\n", "  File \"test.py\", line 1\n    x = (1,\n        ^\nSyntaxError: '(' was never closed\n"},
      {"x = 'abc\n", "  File \"test.py\", line 1\n    x = 'abc\n        ^\nSyntaxError: unterminated string literal (detected at line 1)\n"},
      {"for i in range(3)\n    print(i)\n", "  File \"test.py\", line 1\n    for i in range(3)\n                     ^\nSyntaxError: expected ':'\n"},
      {"if x = 3:\n    pass\n", "  File \"test.py\", line 1\n    if x = 3:\n       ^^^^^\nSyntaxError: invalid syntax. Maybe you meant '==' or ':=' instead of '='?\n"},
      {"if True:\nx = 1\n", "  File \"test.py\", line 2\n    x = 1\n    ^\nIndentationError: expected an indented block after 'if' statement on line 1\n"},
      {"x = 1\n  y = 2\n", "  File \"test.py\", line 2\n    y = 2\nIndentationError: unexpected indent\n"},
      {"print 'x'\n", "  File \"test.py\", line 1\n    print 'x'\n    ^^^^^^^^^\nSyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?\n"},
      {"x = [1 2]\n", "  File \"test.py\", line 1\n    x = [1 2]\n         ^^^\nSyntaxError: invalid syntax. Perhaps you forgot a comma?\n"},
      {"f(1) = 2\n", "  File \"test.py\", line 1\n    f(1) = 2\n    ^^^^\nSyntaxError: cannot assign to function call here. Maybe you meant '==' instead of '='?\n"},
      {"return 5\n", "  File \"test.py\", line 1\n    return 5\n    ^^^^^^^^\nSyntaxError: 'return' outside function\n"},
      {"x = 3)\n", "  File \"test.py\", line 1\n    x = 3)\n         ^\nSyntaxError: unmatched ')'\n"},
  };
  for (const Case& one : cases) {
    CAPTURE(one.source);
    CHECK(run_program(one.source).error == one.error);
  }
}
