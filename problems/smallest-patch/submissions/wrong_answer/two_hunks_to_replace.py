# mistake: Removing and adding at one place are paid as two hunks.
# fails: one line is changed
from functools import cache


def patch_bytes(old, new, hunk_bytes):
    @cache
    def cost(i, j, last):
        if i == len(old) and j == len(new):
            return 0
        prices = []
        if i < len(old):
            prices.append((last != "remove") * hunk_bytes + 1 + cost(i + 1, j, "remove"))
        if j < len(new):
            prices.append((last != "add") * hunk_bytes + len(new[j]) + 1 + cost(i, j + 1, "add"))
        if i < len(old) and j < len(new) and old[i] == new[j]:
            prices.append(cost(i + 1, j + 1, "keep"))
        return min(prices)

    return cost(0, 0, "keep")
