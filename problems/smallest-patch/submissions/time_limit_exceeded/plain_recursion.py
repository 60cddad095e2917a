# mistake: The same rest of the two files is worked out again on each way to it: exponential.
# fails: 40 lines, some are changed
def patch_bytes(old, new, hunk_bytes):
    def cost(i, j, inside):
        if i == len(old) and j == len(new):
            return 0
        head = 0 if inside else hunk_bytes
        prices = []
        if i < len(old):
            prices.append(head + 1 + cost(i + 1, j, True))
        if j < len(new):
            prices.append(head + len(new[j]) + 1 + cost(i, j + 1, True))
        if i < len(old) and j < len(new) and old[i] == new[j]:
            prices.append(cost(i + 1, j + 1, False))
        return min(prices)

    return cost(0, 0, False)
