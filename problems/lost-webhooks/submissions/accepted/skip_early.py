def lost(sent, received, max_delay_s):
    found = 0
    j = 0
    for s in sent:
        while j < len(received) and received[j] < s:
            j += 1
        if j == len(received):
            break
        if received[j] <= s + max_delay_s:
            found += 1
            j += 1
    return len(sent) - found
