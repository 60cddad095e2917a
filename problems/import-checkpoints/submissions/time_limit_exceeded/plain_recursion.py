# mistake: The rest of the import is worked out anew on each way to a place: exponential.
# fails: 60 steps, stretches of about 30
def least_saving(step_s, save_s, max_lost_s):
    n = len(step_s)

    def from_step(first):
        best = None
        lost = 0
        for i in range(first, n):
            lost += step_s[i]
            if lost > max_lost_s:
                return best
            rest = from_step(i + 1)
            if rest is not None and (best is None or save_s[i] + rest < best):
                best = save_s[i] + rest
        return 0

    return from_step(0)
