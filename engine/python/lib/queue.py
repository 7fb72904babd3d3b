# The module `queue`: there is one thread, so whoever would wait for another waits for ever, which is an error here.
from collections import deque as _deque
import heapq as _heapq

class Empty(Exception):
    pass
class Full(Exception):
    pass

class Queue:
    def __init__(self, maxsize=0):
        self.maxsize, self._items, self.unfinished_tasks = maxsize, self._start(), 0
    def _start(self):
        return _deque()
    def _add(self, item):
        self._items.append(item)
    def _take(self):
        return self._items.popleft()
    def qsize(self):
        return len(self._items)
    def empty(self):
        return not self._items
    def full(self):
        return 0 < self.maxsize <= len(self._items)
    def put(self, item, block=True, timeout=None):
        if self.full():
            if block and timeout is None:
                raise RuntimeError("this queue is full, and no other thread will take from it: threads are not part of nabla")
            raise Full
        self._add(item)
        self.unfinished_tasks += 1
    def get(self, block=True, timeout=None):
        if not self._items:
            if block and timeout is None:
                raise RuntimeError("this queue is empty, and no other thread will fill it: threads are not part of nabla")
            raise Empty
        return self._take()
    def put_nowait(self, item):
        self.put(item, False)
    def get_nowait(self):
        return self.get(False)
    def task_done(self):
        if not self.unfinished_tasks:
            raise ValueError("task_done() called too many times")
        self.unfinished_tasks -= 1
    def join(self):
        pass

class LifoQueue(Queue):
    def _start(self):
        return []
    def _take(self):
        return self._items.pop()

class PriorityQueue(Queue):
    def _start(self):
        return []
    def _add(self, item):
        _heapq.heappush(self._items, item)
    def _take(self):
        return _heapq.heappop(self._items)

class SimpleQueue(Queue):
    def __init__(self):
        super().__init__()
