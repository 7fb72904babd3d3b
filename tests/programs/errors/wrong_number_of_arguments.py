# A method called with one argument too many: self counts.
class Point:
    def move(self, dx, dy):
        self.x += dx

Point().move(1, 2, 3)
