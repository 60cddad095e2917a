def compact(slots, done):
    finished = set(done)
    write = 0
    for slot in slots:
        if slot is not None and slot not in finished:
            slots[write] = slot
            write += 1
    for i in range(write, len(slots)):
        slots[i] = None
