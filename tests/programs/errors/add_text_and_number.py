# A number added to a text.
print('epoch ' + 1)
