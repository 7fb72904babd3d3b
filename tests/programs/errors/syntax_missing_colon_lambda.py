# with without a colon.
with open('x') as f
    pass
