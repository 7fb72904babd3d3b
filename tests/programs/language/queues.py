# The queues of one thread: first in first out, last in first out, smallest first.
import queue

for kind in (queue.Queue, queue.LifoQueue, queue.PriorityQueue):
    q = kind()
    for n in (3, 1, 2):
        q.put(n)
    print(kind.__name__, [q.get() for _ in range(q.qsize())], q.empty())
try:
    queue.Queue().get_nowait()
except queue.Empty as error:
    print("Empty", error)
small = queue.Queue(maxsize=1)
small.put("a")
print(small.full())
