# mistake: When webhook and line do not fit, both are given up, so one lost webhook takes the line of the next with it.
# fails: the first webhook is lost
def lost(sent, received, max_delay_s):
    i = 0
    j = 0
    found = 0
    while i < len(sent) and j < len(received):
        if received[j] < sent[i]:
            j += 1
        else:
            if received[j] <= sent[i] + max_delay_s:
                found += 1
            i += 1
            j += 1
    return len(sent) - found
