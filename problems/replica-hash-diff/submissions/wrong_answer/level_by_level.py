# mistake: The trees are walked level by level, so blocks at different depths come out in the wrong order.
# fails: blocks at different depths
from collections import deque


def blocks_to_copy(ours, theirs):
    copy = []
    queue = deque([(ours, theirs)])
    while queue:
        a, b = queue.popleft()
        if b is None or (a and a.value == b.value):
            continue
        if b.left is None and b.right is None:
            copy.append(b.value)
        else:
            queue.append((a.left if a else None, b.left))
            queue.append((a.right if a else None, b.right))
    return copy
