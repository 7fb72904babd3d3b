# A format code that does not fit.
print(f'{"a":.2f}')
