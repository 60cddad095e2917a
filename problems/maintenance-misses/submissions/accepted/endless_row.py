def missed(profile, windows):
    before = [0]
    for requests in profile:
        before.append(before[-1] + requests)
    n = len(profile)

    def upto(slot):
        """Requests in the first slots of an endless row of days."""
        return slot // n * before[n] + before[slot % n]

    return [upto(first + slots) - upto(first) for first, slots in windows]
