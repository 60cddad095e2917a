# mistake: The end of the window is used as a place in the list, but after midnight there is no such place.
# fails: past midnight
def missed(profile, windows):
    before = [0]
    for requests in profile:
        before.append(before[-1] + requests)
    return [before[first + slots] - before[first] for first, slots in windows]
