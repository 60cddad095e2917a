def fair_order(head, burst):
    count = {}
    rounds = []
    values = []
    while head:
        tenant = head.value % 1000
        seen = count.get(tenant, 0)
        count[tenant] = seen + 1
        rounds.append(seen // burst)
        values.append(head.value)
        head = head.next
    front = None
    # sorted() is stable: positions of equal rounds stay in queue order.
    for i in reversed(sorted(range(len(values)), key=rounds.__getitem__)):
        front = ListNode(values[i], front)
    return front
