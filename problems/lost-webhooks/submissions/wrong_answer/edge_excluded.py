# mistake: The last second of the delay is not accepted. The statement says "both ends included".
# fails: received in the last second allowed
def lost(sent, received, max_delay_s):
    i = 0
    j = 0
    found = 0
    while i < len(sent) and j < len(received):
        if received[j] < sent[i]:
            j += 1
        elif received[j] >= sent[i] + max_delay_s:
            i += 1
        else:
            found += 1
            i += 1
            j += 1
    return len(sent) - found
