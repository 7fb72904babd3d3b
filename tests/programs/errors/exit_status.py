# sys.exit ends the program with a status, and no traceback.
import sys

try:
    print("working")
    sys.exit(3)
finally:
    print("leaving")
