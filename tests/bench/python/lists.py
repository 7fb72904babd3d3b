# Lists: built, comprehended, sorted with and without a key.
def work(n):
    state, numbers = 1, []
    for i in range(n):
        state = (state * 1103515245 + 12345) % 2147483648
        numbers.append(state)
    squares = [x % 1000 * 2 for x in numbers if x % 3]
    return sum(sorted(numbers)[:10]), sum(squares), sorted(numbers, key=lambda x: -x)[0], len(set(squares))


print(work(200_000))
