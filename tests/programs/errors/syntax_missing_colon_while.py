# while without a colon.
while True
    break
