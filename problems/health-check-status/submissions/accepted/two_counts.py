def statuses(checks, fall, rise):
    answers = []
    healthy = True
    good_in_a_row = 0
    bad_in_a_row = 0
    for check in checks:
        if check:
            good_in_a_row += 1
            bad_in_a_row = 0
        else:
            bad_in_a_row += 1
            good_in_a_row = 0
        if healthy and bad_in_a_row >= fall:
            healthy = False
        elif not healthy and good_in_a_row >= rise:
            healthy = True
        answers.append(healthy)
    return answers
