# mistake: The next checkpoint is the cheapest one in reach, which may be so early that one more is needed.
# fails: the cheapest place in reach is too early
def least_saving(step_s, save_s, max_lost_s):
    n = len(step_s)
    first = total = 0
    while sum(step_s[first:]) > max_lost_s:
        lost = 0
        reach = []
        for i in range(first, n):
            lost += step_s[i]
            if lost > max_lost_s:
                break
            reach.append((save_s[i], -i))
        if not reach:
            return None
        fee, place = min(reach)
        total += fee
        first = -place + 1
    return total
