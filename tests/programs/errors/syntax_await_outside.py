# nonlocal at the top.
nonlocal x
