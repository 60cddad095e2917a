# mistake: The end is taken modulo the length of the day, and the whole days are forgotten.
# fails: exactly one day
def missed(profile, windows):
    n = len(profile)
    before = [0]
    for requests in profile:
        before.append(before[-1] + requests)
    answers = []
    for first, slots in windows:
        end = (first + slots) % n
        total = before[end] - before[first]
        if end < first:
            total += before[n]
        answers.append(total)
    return answers
