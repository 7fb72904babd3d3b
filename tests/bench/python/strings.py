# Strings: formatted, joined, split, counted.
def work(n):
    text = ",".join([f"{i}:{i * 2}" for i in range(n)])
    parts = [part.split(":") for part in text.split(",")]
    counts = {}
    for left, right in parts:
        key = left[-1] + right[-1]
        counts[key] = counts.get(key, 0) + 1
    return len(text), len(parts), sorted(counts.items())[:3]


print(work(150_000))
