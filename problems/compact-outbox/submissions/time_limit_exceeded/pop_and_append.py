# mistake: Each pop moves all slots behind it one place to the left: O(n²).
# fails: 399,999 empty slots before one event
def compact(slots, done):
    done = set(done)
    i = 0
    for _ in range(len(slots)):
        if slots[i] is None or slots[i] in done:
            slots.pop(i)
            slots.append(None)
        else:
            i += 1
