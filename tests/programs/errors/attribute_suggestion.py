# A misspelt attribute of an object.
class Model:
    def __init__(self):
        self.weights = [1.0, 2.0]

    def predict(self, x):
        return sum(w * x for w in self.weight)

print(Model().predict(3.0))
