# A comma that is missing in a dict.
d = {'a': 1 'b': 2}
