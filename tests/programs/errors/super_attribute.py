# A method that no base has.
class A:
    def f(self):
        return super().f()


A().f()
