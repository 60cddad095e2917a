# mistake: Our node is asked for its children although our side has no node there.
# fails: a whole branch is missing on our side


def blocks_to_copy(ours, theirs):
    if theirs is None:
        return []
    if ours is not None and ours.value == theirs.value:
        return []
    if theirs.left is None and theirs.right is None:
        return [theirs.value]
    return blocks_to_copy(ours.left, theirs.left) + blocks_to_copy(ours.right, theirs.right)
