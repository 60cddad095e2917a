# mistake: Only the latest times of the two sides are compared, as for a balanced tree. The earliest server is lost.
# fails: neighbours are close, first and last are not


def largest_in_step(root, tolerance_ms):
    best = 0

    def report(node):
        nonlocal best
        if not node.left and not node.right:
            best = max(best, 1)
            return 0, 1, True
        if node.left and node.right:
            last_l, count_l, ok_l = report(node.left)
            last_r, count_r, ok_r = report(node.right)
            last_l += node.left.value
            last_r += node.right.value
            ok = ok_l and ok_r and abs(last_l - last_r) <= tolerance_ms
            last, count = max(last_l, last_r), count_l + count_r
        else:
            child = node.left or node.right
            last, count, ok = report(child)
            last += child.value
        if ok:
            best = max(best, count)
        return last, count, ok

    if root:
        report(root)
    return best
