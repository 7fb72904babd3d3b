# The old way of formatting with %.
print("%s has %d items" % ("list", 3))
print("%5.2f|%-8s|%08.3f|%+d|%x|%e" % (3.14159, "left", 2.5, 7, 255, 12345.678))
print("%03d %5s %r %%" % (7, "ab", "it's"))
print("epoch %i: loss %.4f" % (12.7, 1 / 3))
print("%(name)s = %(value).1f" % {"name": "lr", "value": 0.1})
print("%s and %s" % ([1, 2], (3, 4)))
for template, values in (("%d", "x"), ("%d %d", (1,)), ("%d", (1, 2))):
    try:
        print(template % values)
    except TypeError as error:
        print(error)
