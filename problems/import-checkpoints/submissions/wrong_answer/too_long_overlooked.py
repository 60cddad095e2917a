# mistake: A step that is longer than the limit gets a stretch of its own, though nothing allows that.
# fails: one step, too long
def least_saving(step_s, save_s, max_lost_s):
    n = len(step_s)
    best = [0] + [10**12] * n
    for i in range(1, n + 1):
        fee = save_s[i - 1] if i < n else 0
        lost = 0
        for j in range(i - 1, -1, -1):
            lost += step_s[j]
            if lost > max_lost_s and j < i - 1:
                break
            best[i] = min(best[i], best[j] + fee)
    return best[n]
