# mistake: Everything below a node is walked again for each node on the way down: O(n · depth).
# fails: 65,000 nodes below 320 levels


def measure(node):
    if node.left is None and node.right is None:
        return node.value, node.value, 1
    if node.left is None:
        first, last, count = measure(node.right)
    elif node.right is None:
        first, last, count = measure(node.left)
    else:
        first_l, last_l, count_l = measure(node.left)
        first_r, last_r, count_r = measure(node.right)
        first = min(first_l, first_r)
        last = max(last_l, last_r)
        count = count_l + count_r
    return first + node.value, last + node.value, count


def largest_in_step(root, tolerance_ms):
    if root is None:
        return 0
    first, last, count = measure(root)
    if last - first <= tolerance_ms:
        return count
    return max(largest_in_step(root.left, tolerance_ms), largest_in_step(root.right, tolerance_ms))
