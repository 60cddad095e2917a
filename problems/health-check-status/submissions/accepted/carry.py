def statuses(checks, fall, rise):
    healthy, against = True, 0
    answers = []
    for good in checks:
        against = against + 1 if good != healthy else 0
        if against == (fall if healthy else rise):
            healthy, against = not healthy, 0
        answers.append(healthy)
    return answers
