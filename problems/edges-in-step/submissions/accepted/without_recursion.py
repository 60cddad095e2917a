def largest_in_step(root, tolerance_ms):
    if root is None:
        return 0
    # Times are measured from the root. Parents stand before their children.
    nodes, parents, times = [root], [-1], [0]
    for i, node in enumerate(nodes):
        for child in (node.left, node.right):
            if child:
                nodes.append(child)
                parents.append(i)
                times.append(times[i] + child.value)
    n = len(nodes)
    first, last, count = [float("inf")] * n, [-1] * n, [0] * n
    best = 0
    for i in range(n - 1, -1, -1):
        if count[i] == 0:
            first[i], last[i], count[i] = times[i], times[i], 1
        if count[i] > best and last[i] - first[i] <= tolerance_ms:
            best = count[i]
        parent = parents[i]
        if parent >= 0:
            first[parent] = min(first[parent], first[i])
            last[parent] = max(last[parent], last[i])
            count[parent] += count[i]
    return best
