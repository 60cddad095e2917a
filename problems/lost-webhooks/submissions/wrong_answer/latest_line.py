# mistake: Each webhook takes the latest line that fits, which a later webhook may need.
# fails: the late line is needed by the next webhook
from bisect import bisect_right


def lost(sent, received, max_delay_s):
    free = list(received)
    count = 0
    for s in sent:
        k = bisect_right(free, s + max_delay_s) - 1
        if k >= 0 and free[k] >= s:
            free.pop(k)
        else:
            count += 1
    return count
