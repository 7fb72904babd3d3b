# Where a JSON text is wrong, in CPython's words.
import json

for text in ['{"a" 1}', "[1,]", "", '{"a":1,}', '"abc', "tru", "[1 2]", '{"a":1} x', "{a:1}", '"\\q"', "[1,\n2,\n oops]"]:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        print(error, error.lineno, error.colno)
for value in [print, {1, 2}, {(1, 2): 3}]:
    try:
        json.dumps(value)
    except TypeError as error:
        print(error)
