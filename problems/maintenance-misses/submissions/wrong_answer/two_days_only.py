# mistake: The profile is put behind itself once, so a window ends after two days at the latest.
# fails: two days and two slots
def missed(profile, windows):
    twice = profile + profile
    before = [0]
    for requests in twice:
        before.append(before[-1] + requests)
    return [before[min(first + slots, len(twice))] - before[first] for first, slots in windows]
