# The usual shape of a script: functions, then main under its guard.
"""Says how many words of each length a sentence has."""

def lengths(sentence):
    counts = {}
    for word in sentence.split():
        counts[len(word)] = counts.get(len(word), 0) + 1
    return counts

def main():
    for length, count in sorted(lengths("the quick brown fox jumps over the lazy dog").items()):
        print(f"{length}: {'*' * count}")

if __name__ == "__main__":
    main()
    print(__name__, lengths.__name__, main.__doc__)
