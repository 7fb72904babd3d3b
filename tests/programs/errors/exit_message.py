# sys.exit with a text: it goes to stderr and the status is 1.
import sys

print("reading the data")
if not []:
    sys.exit("no data: nothing to train on")
