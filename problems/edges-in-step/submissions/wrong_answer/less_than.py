# mistake: Servers that are exactly the tolerance apart are refused. The statement says "at most".
# fails: two servers exactly the tolerance apart


def largest_in_step(root, tolerance_ms):
    if root is None:
        return 0
    best = 1

    def report(node):
        nonlocal best
        children = [child for child in (node.left, node.right) if child]
        if not children:
            return node.value, node.value, 1
        reports = [report(child) for child in children]
        first = min(r[0] for r in reports)
        last = max(r[1] for r in reports)
        count = sum(r[2] for r in reports)
        if last - first < tolerance_ms:
            best = max(best, count)
        return first + node.value, last + node.value, count

    report(root)
    return best
