# An error while an object is made, below super().__init__.
class Layer:
    def __init__(self, size):
        if size < 1:
            raise ValueError(f"a layer needs at least one unit, got {size}")
        self.size = size

class Dense(Layer):
    def __init__(self, inputs, outputs):
        super().__init__(outputs)
        self.inputs = inputs

layers = [Dense(4, 8), Dense(8, 0)]
