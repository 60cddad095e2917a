# mistake: A node without a left child is taken for a leaf. It may have a right child.
# fails: a node with a right child only


def blocks_to_copy(ours, theirs):
    if theirs is None:
        return []
    if ours is not None and ours.value == theirs.value:
        return []
    if theirs.left is None:
        return [theirs.value]
    our_left = ours.left if ours else None
    our_right = ours.right if ours else None
    return blocks_to_copy(our_left, theirs.left) + blocks_to_copy(our_right, theirs.right)
