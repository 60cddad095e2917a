def f(n):
    node = ListNode(n)
    node.next = node
    return node
