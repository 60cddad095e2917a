def f(slots):
    slots = sorted(slots)
    return slots
