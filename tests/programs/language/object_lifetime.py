# Objects that count themselves and say goodbye when nobody holds them any more.
class Tensorlike:
    alive = 0

    def __init__(self, name):
        self.name = name
        Tensorlike.alive += 1

    def __del__(self):
        Tensorlike.alive -= 1
        print("freed", self.name)

a = Tensorlike("a")
b = a
del a
print("still there:", b.name, Tensorlike.alive)
b = Tensorlike("b")      # nobody holds a now
holder = [b]
b = None
print(Tensorlike.alive)
holder.clear()
print(Tensorlike.alive)
