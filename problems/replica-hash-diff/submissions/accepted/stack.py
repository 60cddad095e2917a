def blocks_to_copy(ours, theirs):
    copy = []
    pairs = [(ours, theirs)]
    while pairs:
        our, their = pairs.pop()
        if their is None:
            continue
        if our and our.value == their.value:
            continue
        if not their.left and not their.right:
            copy.append(their.value)
            continue
        pairs.append((our and our.right, their.right))
        pairs.append((our and our.left, their.left))
    return copy
