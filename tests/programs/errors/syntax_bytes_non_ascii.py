# A letter beyond ASCII in bytes.
x = b'é'
