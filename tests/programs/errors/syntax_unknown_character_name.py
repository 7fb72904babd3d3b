# A character name that there is not.
x = '\N{no such thing}'
