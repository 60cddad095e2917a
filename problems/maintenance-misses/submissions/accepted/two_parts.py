from itertools import accumulate


def missed(profile, windows):
    n = len(profile)
    before = list(accumulate(profile, initial=0))
    day = before[n]
    answers = []
    for first, slots in windows:
        days, rest = divmod(slots, n)
        end = first + rest
        if end <= n:
            part = before[end] - before[first]
        else:
            part = day - before[first] + before[end - n]
        answers.append(days * day + part)
    return answers
