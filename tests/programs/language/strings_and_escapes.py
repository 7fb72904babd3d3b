# How strings are written, and how repr writes them back.
print("tab\there", 'single "quotes"', "it's", "back\\slash", r"raw\n")
print(repr("tab\t"), repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("new\nline"), repr("é∇\x00"))
print("""three
lines "of"
text""")
print("joined " "by being " "neighbours", "\u2207f", "\x41", "\N{GREEK SMALL LETTER ALPHA}")
long = "one " \
       "line"
print(long, len("\n"), "a" "b" * 2)
