# A dictionary remembers what was computed: counting paths through a grid.
calls = 0

def paths(rows, columns, memory={}):
    global calls
    calls += 1
    if rows == 0 or columns == 0:
        return 1
    key = (min(rows, columns), max(rows, columns))
    if key not in memory:
        memory[key] = paths(rows - 1, columns) + paths(rows, columns - 1)
    return memory[key]

print(paths(16, 16), calls)
