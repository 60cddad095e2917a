# mistake: Empty slots are found with "if slot", and that also takes event 0 for empty.
# fails: event 0 waits
def compact(slots, done):
    done = set(done)
    write = 0
    for slot in slots:
        if slot and slot not in done:
            slots[write] = slot
            write += 1
    for i in range(write, len(slots)):
        slots[i] = None
