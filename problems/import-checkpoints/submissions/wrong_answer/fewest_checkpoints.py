# mistake: The number of checkpoints is made small first, and the seconds only after that.
# fails: two cheap ones instead of a dear one
def least_saving(step_s, save_s, max_lost_s):
    n = len(step_s)
    never = (float("inf"), 0)
    best = [(0, 0)] + [never] * n
    for i in range(1, n + 1):
        fee = save_s[i - 1] if i < n else 0
        lost = 0
        for j in range(i - 1, -1, -1):
            lost += step_s[j]
            if lost > max_lost_s:
                break
            best[i] = min(best[i], (best[j][0] + 1, best[j][1] + fee))
    return None if best[n] == never else best[n][1]
