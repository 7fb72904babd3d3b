# Nothing between the braces of an f-string.
print(f'{}')
