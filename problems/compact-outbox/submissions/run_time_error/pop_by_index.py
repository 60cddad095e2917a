# mistake: The list gets shorter in the loop, but the index still runs to its old length.
# fails: only empty slots
def compact(slots, done):
    done = set(done)
    size = len(slots)
    for i in range(size):
        if slots[i] is None or slots[i] in done:
            slots.pop(i)
    slots.extend([None] * (size - len(slots)))
