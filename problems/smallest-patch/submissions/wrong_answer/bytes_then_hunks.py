# mistake: First the fewest changed bytes are looked for, then the hunks are counted. Both have to be made small together.
# fails: two changes around a short line
def patch_bytes(old, new, hunk_bytes):
    n, m = len(old), len(new)
    # Pairs: changed bytes, then the number of hunks.
    inside = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    outside = [[(0, 0)] * (m + 1) for _ in range(n + 1)]
    for i in range(n, -1, -1):
        for j in range(m, -1, -1):
            if i == n and j == m:
                continue
            steps = []
            if i < n:
                b, h = inside[i + 1][j]
                steps.append((b + 1, h))
            if j < m:
                b, h = inside[i][j + 1]
                steps.append((b + len(new[j]) + 1, h))
            b, h = min(steps)
            keep = [outside[i + 1][j + 1]] if i < n and j < m and old[i] == new[j] else []
            inside[i][j] = min([(b, h)] + keep)
            outside[i][j] = min([(b, h + 1)] + keep)
    changed, hunks = outside[0][0]
    return changed + hunks * hunk_bytes
