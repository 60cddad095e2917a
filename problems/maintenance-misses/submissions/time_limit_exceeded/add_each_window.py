# mistake: The slots of each window are added up anew: O(n · m).
# fails: 150,000 windows on a day of 100,000 slots
def missed(profile, windows):
    n = len(profile)
    day = sum(profile)
    twice = profile + profile
    answers = []
    for first, slots in windows:
        days, rest = divmod(slots, n)
        answers.append(days * day + sum(twice[first : first + rest]))
    return answers
