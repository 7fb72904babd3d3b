# raise ... from None hides what happened before.
def lookup(table, key):
    try:
        return table[key]
    except KeyError:
        raise LookupError(f"no entry for {key}") from None

lookup({}, "weights")
