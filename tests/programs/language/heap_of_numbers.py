# A list as a heap: the order of its items is CPython's.
import heapq

heap = []
for n in [5, 3, 8, 1, 9, 2, 7]:
    heapq.heappush(heap, n)
print(heap)
print([heapq.heappop(heap) for _ in range(3)], heap)
items = [(3, "c"), (1, "a"), (2, "b"), (1, "z")]
heapq.heapify(items)
print(items, heapq.heapreplace(items, (0, "q")), heapq.heappushpop(items, (5, "x")), items)
print(heapq.nlargest(2, [4, 1, 7, 3]), heapq.nsmallest(2, ["bb", "a", "ccc"], key=len))
print(list(heapq.merge([1, 4, 6], [2, 3, 9], [5])))
try:
    heapq.heappop([])
except IndexError as error:
    print("IndexError:", error)
