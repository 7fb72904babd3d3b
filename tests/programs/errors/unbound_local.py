# A name that is assigned somewhere in a function is local everywhere in it.
count = 0

def increment():
    count = count + 1
    return count

increment()
