# mistake: The count is not set back when the status changes, so the next check of the other kind changes it again.
# fails: recovery starts right after the fall
def statuses(checks, fall, rise):
    answers = []
    healthy = True
    count = 0
    for check in checks:
        if check != healthy:
            count += 1
        else:
            count = 0
        limit = fall if healthy else rise
        if count >= limit:
            healthy = not healthy
        answers.append(healthy)
    return answers
