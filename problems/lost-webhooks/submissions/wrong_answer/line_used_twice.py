# mistake: A line is not used up when it is matched, so it serves several webhooks.
# fails: two webhooks, one line
def lost(sent, received, max_delay_s):
    j = 0
    count = 0
    for s in sent:
        while j < len(received) and received[j] < s:
            j += 1
        if j == len(received) or received[j] > s + max_delay_s:
            count += 1
    return count
