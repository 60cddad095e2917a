# mistake: A window is walked slot by slot, also where it lasts many days.
# fails: almost a billion slots
def missed(profile, windows):
    answers = []
    for first, slots in windows:
        total = 0
        for i in range(first, first + slots):
            total += profile[i % len(profile)]
        answers.append(total)
    return answers
