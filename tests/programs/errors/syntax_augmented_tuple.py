# A tuple before +=.
(a, b) += 1
