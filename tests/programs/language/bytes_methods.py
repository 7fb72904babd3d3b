# bytes have most of the methods of str.
data = b"Loss: 0.25, \xff"
print(data.upper(), data.lower(), data.find(b"0"), data.split(b", "))
print(data.startswith(b"Loss"), data.replace(b"0.25", b"?"), b"-".join([b"a", b"b"]))
print(b"  x ".strip(), b"ab\ncd".splitlines(), b"12".isdigit(), data.partition(b":"), b"7".zfill(3))
try:
    data.find("0")
except TypeError as error:
    print("TypeError")
