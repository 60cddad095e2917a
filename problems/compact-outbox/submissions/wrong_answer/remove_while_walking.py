# mistake: Slots are removed while a for loop walks over the list, so the neighbour of each removed slot is skipped.
# fails: empty slots side by side
def compact(slots, done):
    done = set(done)
    size = len(slots)
    for slot in slots:
        if slot is None or slot in done:
            slots.remove(slot)
    while len(slots) < size:
        slots.append(None)
