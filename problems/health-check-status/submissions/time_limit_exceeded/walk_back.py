# mistake: For every check the row is counted again from its end: O(n²) when all results are equal.
# fails: 200,000 good checks, large thresholds
def statuses(checks, fall, rise):
    answers = []
    healthy = True
    for i, check in enumerate(checks):
        row = 0
        j = i
        while j >= 0 and checks[j] == check:
            row += 1
            j -= 1
        if healthy and not check and row >= fall:
            healthy = False
        elif not healthy and check and row >= rise:
            healthy = True
        answers.append(healthy)
    return answers
