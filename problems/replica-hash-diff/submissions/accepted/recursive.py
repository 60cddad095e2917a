def blocks_to_copy(ours, theirs):
    copy = []

    def compare(our, their):
        if their is None or (our is not None and our.value == their.value):
            return
        if their.left is None and their.right is None:
            copy.append(their.value)
            return
        compare(our.left if our else None, their.left)
        compare(our.right if our else None, their.right)

    compare(ours, theirs)
    return copy
