# mistake: Failures are added up; a good check in between does not end the row.
# fails: a good check between failures
def statuses(checks, fall, rise):
    answers = []
    healthy = True
    failures = 0
    good = 0
    for check in checks:
        if healthy:
            if not check:
                failures += 1
            if failures == fall:
                healthy = False
                good = 0
        else:
            if check:
                good += 1
            else:
                good = 0
            if good == rise:
                healthy = True
                failures = 0
        answers.append(healthy)
    return answers
