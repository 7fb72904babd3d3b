# A number before +=.
1 += 2
