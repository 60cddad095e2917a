# mistake: The sums include their own slot, so the subtraction takes the first slot of the window away.
# fails: one slot in the middle
def missed(profile, windows):
    n = len(profile)
    upto = []
    total = 0
    for requests in profile:
        total += requests
        upto.append(total)
    answers = []
    for first, slots in windows:
        if slots == 0:
            answers.append(0)
            continue
        days, rest = divmod(slots, n)
        last = first + rest - 1
        if last < n:
            part = upto[last] - upto[first]
        else:
            part = total - upto[first] + upto[last - n]
        answers.append(days * total + part)
    return answers
