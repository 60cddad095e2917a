# mistake: A new list gets the name slots, so the caller's list never changes.
# fails: one event that is done
def compact(slots, done):
    done = set(done)
    size = len(slots)
    slots = [slot for slot in slots if slot is not None and slot not in done]
    slots += [None] * (size - len(slots))
