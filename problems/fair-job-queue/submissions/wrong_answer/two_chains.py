# mistake: Jobs beyond the first burst all go to one second chain, which has no rounds of its own.
# fails: three rounds of two tenants
from collections import defaultdict


def fair_order(head, burst):
    count = defaultdict(int)
    first = first_tail = ListNode(0)
    rest = rest_tail = ListNode(0)
    while head:
        tenant = head.value % 1000
        count[tenant] += 1
        if count[tenant] <= burst:
            first_tail.next = head
            first_tail = head
        else:
            rest_tail.next = head
            rest_tail = head
        head = head.next
    rest_tail.next = None
    first_tail.next = rest.next
    return first.next
