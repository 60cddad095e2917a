# mistake: Every check copies and looks through the last checks: O(n · fall).
# fails: 200,000 good checks, large thresholds
def statuses(checks, fall, rise):
    answers = []
    healthy = True
    for i in range(len(checks)):
        if healthy and i + 1 >= fall and sum(checks[i + 1 - fall:i + 1]) == 0:
            healthy = False
        elif not healthy and i + 1 >= rise and sum(checks[i + 1 - rise:i + 1]) == rise:
            healthy = True
        answers.append(healthy)
    return answers
