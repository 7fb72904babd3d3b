# A match without its colon.
match 3
    case 1:
        print("one")
