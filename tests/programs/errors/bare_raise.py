# raise with nothing to raise.
raise
