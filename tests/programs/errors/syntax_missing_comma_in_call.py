# A comma that is missing in a call.
print('a' 1)
