# mistake: For each slot the whole list of done ids is searched: O(n · m).
# fails: 100,000 events, 50,000 done ids
def compact(slots, done):
    write = 0
    for slot in slots:
        if slot is not None and slot not in done:
            slots[write] = slot
            write += 1
    for i in range(write, len(slots)):
        slots[i] = None
