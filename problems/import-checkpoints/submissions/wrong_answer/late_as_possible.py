# mistake: Each checkpoint is saved as late as possible. That gives few of them, and not the cheap ones.
# fails: the last place in reach is dear
def least_saving(step_s, save_s, max_lost_s):
    total = lost = 0
    for i, seconds in enumerate(step_s):
        if seconds > max_lost_s:
            return None
        if lost + seconds > max_lost_s:
            total += save_s[i - 1]
            lost = 0
        lost += seconds
    return total
