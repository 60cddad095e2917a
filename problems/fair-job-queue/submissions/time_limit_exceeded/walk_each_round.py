# mistake: The whole rest of the queue is walked again for each round: O(n²).
# fails: 50,000 jobs of one tenant
from collections import defaultdict


def fair_order(head, burst):
    dummy = tail = ListNode(0)
    waiting = ListNode(0, head)
    while waiting.next:
        taken = defaultdict(int)
        before = waiting
        while before.next:
            job = before.next
            tenant = job.value % 1000
            if taken[tenant] < burst:
                taken[tenant] += 1
                before.next = job.next
                job.next = None
                tail.next = job
                tail = job
            else:
                before = job
    return dummy.next
