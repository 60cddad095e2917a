# mistake: The position is paid for each line, and not for each hunk.
# fails: a first file
def patch_bytes(old, new, hunk_bytes):
    n, m = len(old), len(new)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            prices = []
            if i < n:
                prices.append(hunk_bytes + 1 + best[i + 1][j])
            if j < m:
                prices.append(hunk_bytes + len(new[j]) + 1 + best[i][j + 1])
            if i < n and j < m and old[i] == new[j]:
                prices.append(best[i + 1][j + 1])
            best[i][j] = min(prices, default=0)
    return best[0][0]
