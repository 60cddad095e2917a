# mistake: The job itself is counted before the division, so the last job of each burst moves one round too late.
# fails: each tenant has exactly one burst
from collections import defaultdict


def fair_order(head, burst):
    count = defaultdict(int)
    rounds = defaultdict(list)
    while head:
        tenant = head.value % 1000
        count[tenant] += 1
        rounds[count[tenant] // burst].append(head)
        head = head.next
    dummy = tail = ListNode(0)
    for number in sorted(rounds):
        for node in rounds[number]:
            tail.next = node
            tail = node
    tail.next = None
    return dummy.next
