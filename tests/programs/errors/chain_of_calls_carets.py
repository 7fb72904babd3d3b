# The call of a chain that fails.
text = 'a b'
print(text.split().index('c').bit_length())
