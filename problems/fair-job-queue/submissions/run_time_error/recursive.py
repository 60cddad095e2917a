# mistake: One call for each node: Python stops near 1,000 nested calls.
# fails: 2,000 jobs of 30 tenants
from collections import defaultdict


def fair_order(head, burst):
    count = defaultdict(int)
    rounds = []

    def put_away(node):
        if node is None:
            return
        tenant = node.value % 1000
        number = count[tenant] // burst
        count[tenant] += 1
        if number == len(rounds):
            rounds.append([])
        rounds[number].append(node)
        put_away(node.next)

    put_away(head)
    dummy = tail = ListNode(0)
    for nodes in rounds:
        for node in nodes:
            tail.next = node
            tail = node
    tail.next = None
    return dummy.next
