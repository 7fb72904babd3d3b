# A case after one that takes everything.
match 1:
    case _:
        pass
    case 2:
        pass
