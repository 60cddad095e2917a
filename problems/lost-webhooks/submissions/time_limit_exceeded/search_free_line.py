# mistake: Each webhook searches a free line from the start of the log: O(n · m).
# fails: 400,000 webhooks in one second, all arrive
def lost(sent, received, max_delay_s):
    used = [False] * len(received)
    count = 0
    for s in sent:
        found = False
        for j, r in enumerate(received):
            if not used[j] and s <= r <= s + max_delay_s:
                used[j] = True
                found = True
                break
        if not found:
            count += 1
    return count
