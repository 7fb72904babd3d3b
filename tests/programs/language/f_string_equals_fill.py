# A format that fills with "=", and lines in brackets that begin left of their block.
title = "epoch"
print(f"{title:=^40}")
print(f"{' loss ':=<20}|{3:=5}|{3:=+5d}|{title=:=>9}")


def mean(values):
    total = (values[0] +
values[1])  # as pasted
    if (total > 0 and
len(values)):
        return total / (0e+00 +
  len(values))


print(mean([1.0, 4.0]))
try:
    mean([1.0,
"two"])
except TypeError as error:
    print(error)
