# getattr, setattr, hasattr, __getattr__ and the dictionary behind an object.
class Settings:
    rate = 0.1

    def __getattr__(self, name):
        if name.startswith("default_"):
            return f"<{name[8:]}>"
        raise AttributeError(f"no setting called {name!r}")

s = Settings()
s.steps = 5
setattr(s, "momentum", 0.9)
print(s.__dict__, s.rate, s.default_seed)
print(hasattr(s, "steps"), hasattr(s, "loss"), getattr(s, "loss", None), vars(s) == s.__dict__)
s.rate += 1
del s.steps
print(s.rate, Settings.rate, sorted(vars(s)))
try:
    s.loss
except AttributeError as error:
    print(error)
