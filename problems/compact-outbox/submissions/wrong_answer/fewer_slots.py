# mistake: Free slots are cut off, so the outbox gets shorter. The number of slots has to stay the same.
# fails: only empty slots
def compact(slots, done):
    done = set(done)
    slots[:] = [slot for slot in slots if slot is not None and slot not in done]
