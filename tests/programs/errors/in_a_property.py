# An error in a property.
class A:
    @property
    def x(self):
        return self.y / 2


print(A().x)
