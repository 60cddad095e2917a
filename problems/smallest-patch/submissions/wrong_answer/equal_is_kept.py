# mistake: Two equal lines that meet are always kept, also inside a hunk.
# fails: the later of two equal lines is kept
from functools import cache


def patch_bytes(old, new, hunk_bytes):
    @cache
    def cost(i, j, inside):
        if i == len(old) and j == len(new):
            return 0
        if i < len(old) and j < len(new) and old[i] == new[j]:
            return cost(i + 1, j + 1, False)
        head = 0 if inside else hunk_bytes
        prices = []
        if i < len(old):
            prices.append(head + 1 + cost(i + 1, j, True))
        if j < len(new):
            prices.append(head + len(new[j]) + 1 + cost(i, j + 1, True))
        return min(prices)

    return cost(0, 0, False)
