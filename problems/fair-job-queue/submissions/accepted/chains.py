from collections import defaultdict


def fair_order(head, burst):
    count = defaultdict(int)
    firsts, lasts = [], []
    node = head
    while node:
        following, node.next = node.next, None
        tenant = node.value % 1000
        turn = count[tenant] // burst
        count[tenant] += 1
        if turn == len(firsts):
            firsts.append(node)
            lasts.append(node)
        else:
            lasts[turn].next = node
            lasts[turn] = node
        node = following
    for last, first in zip(lasts, firsts[1:]):
        last.next = first
    return firsts[0] if firsts else None
