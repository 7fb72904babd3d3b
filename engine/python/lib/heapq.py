# The module `heapq`: a list as a heap, with CPython's order of its items.
__all__ = ["heappush", "heappop", "heapify", "heapreplace", "merge", "nlargest", "nsmallest", "heappushpop"]

def _rise(heap, start, at):
    """Moves the item at `at` towards `start` while it is smaller than its parent."""
    item = heap[at]
    while at > start:
        parent = (at - 1) >> 1
        if not item < heap[parent]:
            break
        heap[at] = heap[parent]
        at = parent
    heap[at] = item

def _sink(heap, at):
    """The smaller child goes up, all the way; then the item that was there rises from below. As CPython does it, which shows in the order of equal items."""
    start, end, item = at, len(heap), heap[at]
    child = 2 * at + 1
    while child < end:
        if child + 1 < end and not heap[child] < heap[child + 1]:
            child += 1
        heap[at] = heap[child]
        at = child
        child = 2 * at + 1
    heap[at] = item
    _rise(heap, start, at)

def heappush(heap, item, /):
    heap.append(item)
    _rise(heap, 0, len(heap) - 1)

def heappop(heap, /):
    if not heap:
        raise IndexError("index out of range")
    last = heap.pop()
    if not heap:
        return last
    first, heap[0] = heap[0], last
    _sink(heap, 0)
    return first

def heapreplace(heap, item, /):
    if not heap:
        raise IndexError("index out of range")
    first, heap[0] = heap[0], item
    _sink(heap, 0)
    return first

def heappushpop(heap, item, /):
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap, 0)
    return item

def heapify(x, /):
    for at in range(len(x) // 2 - 1, -1, -1):
        _sink(x, at)

def merge(*iterables, key=None, reverse=False):
    runs = []
    for iterable in iterables:
        run = iter(iterable)
        for first in run:
            runs.append([first if key is None else key(first), first, run])
            break
    while runs:
        best = 0
        for i in range(1, len(runs)):
            if runs[best][0] < runs[i][0] if reverse else runs[i][0] < runs[best][0]:
                best = i
        _, item, run = runs[best]
        yield item
        for following in run:
            runs[best] = [following if key is None else key(following), following, run]
            break
        else:
            del runs[best]

def nsmallest(n, iterable, key=None):
    return sorted(iterable, key=key)[:max(n, 0)]

def nlargest(n, iterable, key=None):
    return sorted(iterable, key=key, reverse=True)[:max(n, 0)]
