# json.dumps and json.loads.
import json

data = {"name": "run 1", "losses": [1, 0.5, None, True], "nested": {"x": 'é\n"q"'}, 3: "key", "empty": [[], {}]}
print(json.dumps(data))
print(json.dumps(data, indent=2, ensure_ascii=False))
print(json.dumps({"b": 1, "a": 2}, sort_keys=True, separators=(",", ":")))
back = json.loads('{"a": [1, 2.0, -3e5, true, null, "x\\u00e9\\n\\ud83d\\ude00"], "b": {}}')
print(back, type(back["a"][0]).__name__, json.loads("12345678901234567890"))
print(json.dumps({1, 2}, default=sorted), json.loads("[1.5]", parse_float=str))
