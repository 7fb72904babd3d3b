# sys.version_info is a tuple whose parts have names.
import sys

version = sys.version_info
print(version.major, version.minor, version >= (3, 8), version[0], "%d.%d" % version[:2], isinstance(version, tuple), version.releaselevel)
print(version, type(version).__name__)
