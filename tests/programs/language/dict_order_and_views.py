# Dicts keep order; views follow changes.
d = {"b": 1, "a": 2}
keys, items = d.keys(), d.items()
d["c"] = 3
del d["b"]
d["b"] = 4
print(d, list(keys), list(items), "a" in keys, ("a", 2) in items)
print(keys & {"a", "z"}, sorted(keys | {"z"}), list(reversed(d)), d | {"a": 9})
print(d.setdefault("q", []), d.pop("q"), d.pop("zz", None), d.get("zz", 0), dict.fromkeys("ab", 1))
print(max(d, key=d.get), sorted(d.items(), key=lambda kv: -kv[1]), {v: k for k, v in d.items()})
d.update(a=0, **{"new": 1})
print(d, len(d), d.popitem(), {**d, "x": 1})
