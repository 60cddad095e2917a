# mistake: Each gap is filled with the last event, so the order is lost.
# fails: the first of three is done
def compact(slots, done):
    done = set(done)
    i, last = 0, len(slots) - 1
    while i <= last:
        if slots[i] is None or slots[i] in done:
            slots[i] = slots[last]
            slots[last] = None
            last -= 1
        else:
            i += 1
