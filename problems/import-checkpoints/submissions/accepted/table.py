def least_saving(step_s, save_s, max_lost_s):
    n = len(step_s)
    never = float("inf")
    best = [0] + [never] * n
    for i in range(1, n + 1):
        # The end needs no checkpoint, so it is free.
        fee = save_s[i - 1] if i < n else 0
        lost = 0
        for j in range(i - 1, -1, -1):
            lost += step_s[j]
            if lost > max_lost_s:
                break
            best[i] = min(best[i], best[j] + fee)
    return None if best[n] == never else best[n]
