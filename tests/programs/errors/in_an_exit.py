# An error while leaving with.
class M:
    def __enter__(self):
        return self

    def __exit__(self, *a):
        raise ValueError('exit')


with M():
    1 / 0
