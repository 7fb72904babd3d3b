# An error inside an except block: both tracebacks are shown.
settings = {"lr": "fast"}

def read(name):
    try:
        return float(settings[name])
    except ValueError:
        return settings["default_" + name]

print(read("lr"))
