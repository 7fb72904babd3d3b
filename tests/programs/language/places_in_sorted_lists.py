# bisect finds where an item goes in a sorted list.
import bisect

marks = [60, 70, 80, 90]
print([("F", "D", "C", "B", "A")[bisect.bisect(marks, score)] for score in (33, 99, 77, 70, 89, 90)])
print(bisect.bisect_left(marks, 70), bisect.bisect_right(marks, 70), bisect.bisect_left(marks, 75, 1, 3))
bisect.insort(marks, 75)
print(marks)
words = ["a", "bbb", "cccc"]
bisect.insort(words, "xx", key=len)
print(words)
