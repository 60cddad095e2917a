def patch_bytes(old, new, hunk_bytes):
    m = len(new)
    adding = [len(line) + 1 for line in new]

    # The last row: only adding is left.
    inside = [0] * (m + 1)
    outside = [0] * (m + 1)
    for j in range(m - 1, -1, -1):
        inside[j] = adding[j] + inside[j + 1]
        outside[j] = inside[j] + hunk_bytes

    for line in reversed(old):
        inside_below, outside_below = inside, outside
        inside = [1 + inside_below[m]] * (m + 1)
        outside = [inside[m] + hunk_bytes] * (m + 1)
        for j in range(m - 1, -1, -1):
            step = min(1 + inside_below[j], adding[j] + inside[j + 1])
            inside[j] = step
            outside[j] = step + hunk_bytes
            if line == new[j]:
                inside[j] = min(step, outside_below[j + 1])
                outside[j] = min(outside[j], outside_below[j + 1])
    return outside[0]
