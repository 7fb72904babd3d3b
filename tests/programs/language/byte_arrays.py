# bytearray is bytes that can change; memoryview shares its memory.
a = bytearray(b"hello")
a[0] = 72
a.append(33)
a[1:3] = b"EL"
a += b"?"
print(a, len(a), a[1], a[1:4], a.decode(), a == b"HELlo!?", b"x" + a, a.upper(), a.find(b"l"), a.hex())
a.insert(1, 45)
del a[-1]
print(a, a.pop(), list(bytearray([1, 2])), bytearray(3), bytearray("é", "utf-8"), bytes(a))
view = memoryview(a)
view[0] = 74
print(a, view[1:3].tobytes(), view.tolist()[:2], len(view), view.readonly, memoryview(b"x").readonly)
print(b"%d %s %5.2f %%" % (3, b"x", 2.5), b"a-b".hex(":"), bytes.fromhex("68 69"), b"hello".translate(bytes.maketrans(b"lo", b"01")))
print(b"a\xffb".decode(errors="replace"), b"\xe9".decode("latin-1"), "é∇".encode("latin-1", "backslashreplace"))
wrong = [lambda: a.append(256), lambda: hash(a), lambda: bytearray("a"), lambda: a[9], lambda: b"%s" % "x", lambda: b"\xc3(".decode(),
         lambda: memoryview(b"x").__setitem__(0, 1), lambda: memoryview("a"), lambda: a + "x", lambda: bytes.fromhex("1")]
for f in wrong:
    try:
        f()
    except Exception as error:
        print(type(error).__name__, error)
