def largest_in_step(root, tolerance_ms):
    best = 0

    def report(node):
        """Time to the first and the last edge server below node, and how many there are."""
        nonlocal best
        first = last = None
        count = 0
        for child in (node.left, node.right):
            if child:
                early, late, servers = report(child)
                early += child.value
                late += child.value
                first = early if first is None else min(first, early)
                last = late if last is None else max(last, late)
                count += servers
        if count == 0:
            first, last, count = 0, 0, 1
        if last - first <= tolerance_ms:
            best = max(best, count)
        return first, last, count

    if root:
        report(root)
    return best
