# What a dictionary can do; it keeps the order in which keys came.
stock = {"apples": 3, "pears": 0}
stock["plums"] = 7
stock.update(apples=4, figs=1)
print(stock, len(stock), "pears" in stock)
print(list(stock), list(stock.values()), stock.items())
print(stock.get("kiwis"), stock.get("kiwis", 0), stock.setdefault("dates", []), stock.pop("pears"))
for fruit, count in sorted(stock.items(), key=lambda item: str(item[1])):
    print(f"{fruit:>7} {count}")
del stock["figs"]
print({"a": 1} | {"b": 2}, dict(zip("xy", (1, 2))), dict(a=1), {1: "int", (1, 2): "tuple", None: 0})
print(stock.popitem(), {"a": 1, "b": 2} == {"b": 2, "a": 1}, dict.fromkeys("ab", 0))
try:
    stock["kiwis"]
except KeyError as error:
    print("KeyError:", error)
