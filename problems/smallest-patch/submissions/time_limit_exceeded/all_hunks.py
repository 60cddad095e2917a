# mistake: At each pair of places all hunks that may end there are tried: O(n² · m²).
# fails: 160 lines, none in common
def patch_bytes(old, new, hunk_bytes):
    n, m = len(old), len(new)
    upto = [0]
    for line in new:
        upto.append(upto[-1] + len(line) + 1)
    best = [[0] * (m + 1) for _ in range(n + 1)]
    for i in range(n + 1):
        for j in range(m + 1):
            if i == j == 0:
                continue
            least = float("inf")
            if i and j and old[i - 1] == new[j - 1]:
                least = best[i - 1][j - 1]
            for k in range(i + 1):
                for q in range(j + 1):
                    if (k, q) != (i, j):
                        price = best[k][q] + hunk_bytes + i - k + upto[j] - upto[q]
                        if price < least:
                            least = price
            best[i][j] = least
    return best[n][m]
