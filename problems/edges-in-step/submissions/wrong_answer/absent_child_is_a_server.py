# mistake: An absent child reports 0 ms, so a node with one child seems to have an edge server that is there at once.
# fails: a node with one child in the group


def largest_in_step(root, tolerance_ms):
    best = 0

    def report(node):
        nonlocal best
        if node is None:
            return 0, 0, 0
        if node.left is None and node.right is None:
            best = max(best, 1)
            return node.value, node.value, 1
        first_l, last_l, count_l = report(node.left)
        first_r, last_r, count_r = report(node.right)
        first = min(first_l, first_r)
        last = max(last_l, last_r)
        count = count_l + count_r
        if last - first <= tolerance_ms:
            best = max(best, count)
        return first + node.value, last + node.value, count

    report(root)
    return best
