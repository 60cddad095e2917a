# mistake: Each round goes from tenant to tenant instead of keeping the order of the queue.
# fails: tenants change places in the second round
from collections import deque


def fair_order(head, burst):
    queues = {}
    while head:
        queues.setdefault(head.value % 1000, deque()).append(head)
        head = head.next
    dummy = tail = ListNode(0)
    while queues:
        for tenant in list(queues):
            jobs = queues[tenant]
            for _ in range(min(burst, len(jobs))):
                tail.next = jobs.popleft()
                tail = tail.next
            if not jobs:
                del queues[tenant]
    tail.next = None
    return dummy.next
