# mistake: A block counts as present if we hold it anywhere. It must be at the same place.
# fails: two blocks have changed places


def leaves(node):
    if node is None:
        return []
    if node.left is None and node.right is None:
        return [node.value]
    return leaves(node.left) + leaves(node.right)


def blocks_to_copy(ours, theirs):
    have = set(leaves(ours))
    return [block for block in leaves(theirs) if block not in have]
