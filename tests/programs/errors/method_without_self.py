# A method without self.
class A:
    def f():
        pass


A().f()
