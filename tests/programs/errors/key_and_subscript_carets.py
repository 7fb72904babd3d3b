# In a chain of subscripts the marks show which one failed.
config = {"optimizer": {"name": "SGD"}, "layers": [2, 3]}
print(config["optimizer"]["name"])
print(config["optimizer"]["lr"])
