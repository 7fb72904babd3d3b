# An attribute misspelled.
class A:
    def __init__(self):
        self.weight = 1


print(A().wieght)
