# A closing brace alone in an f-string.
print(f'a}')
