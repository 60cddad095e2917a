# mistake: A window ends at midnight. The statement says that it goes on with slot 0.
# fails: past midnight
def missed(profile, windows):
    before = [0]
    for requests in profile:
        before.append(before[-1] + requests)
    n = len(profile)
    return [before[min(first + slots, n)] - before[first] for first, slots in windows]
