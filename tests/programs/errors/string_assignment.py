# A character of a text set.
s = 'abc'
s[0] = 'x'
