# mistake: The last checks are cut out with a slice, which is too short near the start: one failure looks like a full row.
# fails: one failure, threshold not reached
def statuses(checks, fall, rise):
    answers = []
    healthy = True
    for i in range(len(checks)):
        if healthy:
            last = checks[max(0, i - fall + 1):i + 1]
            if not any(last):
                healthy = False
        else:
            last = checks[max(0, i - rise + 1):i + 1]
            if all(last):
                healthy = True
        answers.append(healthy)
    return answers
