# mistake: For each job the chain of its round is walked to its end: O(n²).
# fails: 50,000 jobs in one round
from collections import defaultdict


def fair_order(head, burst):
    count = defaultdict(int)
    rounds = []
    while head:
        job, head = head, head.next
        job.next = None
        tenant = job.value % 1000
        number = count[tenant] // burst
        count[tenant] += 1
        if number == len(rounds):
            rounds.append(job)
            continue
        node = rounds[number]
        while node.next:
            node = node.next
        node.next = job
    dummy = tail = ListNode(0)
    for first in rounds:
        tail.next = first
        while tail.next:
            tail = tail.next
    return dummy.next
