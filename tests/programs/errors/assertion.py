# A failed assertion with its message.
def accuracy(right, total):
    assert 0 <= right <= total, f"{right} of {total} cannot be right"
    return right / total

print(accuracy(3, 4))
print(accuracy(5, 4))
