def compact(slots, done):
    finished = set(done)
    waiting = [slot for slot in slots if slot is not None and slot not in finished]
    slots[:] = waiting + [None] * (len(slots) - len(waiting))
