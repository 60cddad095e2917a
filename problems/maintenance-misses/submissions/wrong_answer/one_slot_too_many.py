# mistake: The slot behind the window is counted, too.
# fails: a window of no slots
def missed(profile, windows):
    n = len(profile)
    before = [0]
    for requests in profile:
        before.append(before[-1] + requests)

    def upto(slot):
        return slot // n * before[n] + before[slot % n]

    return [upto(first + slots + 1) - upto(first) for first, slots in windows]
