# mistake: The position is paid once for the whole patch.
# fails: two changes, far apart
def patch_bytes(old, new, hunk_bytes):
    n, m = len(old), len(new)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            prices = []
            if i < n:
                prices.append(1 + best[i + 1][j])
            if j < m:
                prices.append(len(new[j]) + 1 + best[i][j + 1])
            if i < n and j < m and old[i] == new[j]:
                prices.append(best[i + 1][j + 1])
            best[i][j] = min(prices, default=0)
    return best[0][0] + hunk_bytes if old != new else 0
