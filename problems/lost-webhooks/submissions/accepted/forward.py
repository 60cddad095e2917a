def lost(sent, received, max_delay_s):
    i = j = missing = 0
    while i < len(sent) and j < len(received):
        if received[j] < sent[i]:
            j += 1
        elif received[j] > sent[i] + max_delay_s:
            missing += 1
            i += 1
        else:
            i += 1
            j += 1
    return missing + len(sent) - i
