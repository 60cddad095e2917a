# mistake: If a node will not do, only its child with more edge servers is tried. The other side may be the one in step.
# fails: only the smaller side is in step


def largest_in_step(root, tolerance_ms):
    reports = {}

    def report(node):
        children = [child for child in (node.left, node.right) if child]
        if not children:
            answer = (0, 0, 1)
        else:
            below = [(child.value, report(child)) for child in children]
            first = min(value + r[0] for value, r in below)
            last = max(value + r[1] for value, r in below)
            answer = (first, last, sum(r[2] for _, r in below))
        reports[node] = answer
        return answer

    if root is None:
        return 0
    report(root)
    node = root
    while True:
        first, last, count = reports[node]
        if last - first <= tolerance_ms:
            return count
        children = [child for child in (node.left, node.right) if child]
        node = max(children, key=lambda child: reports[child][2])
