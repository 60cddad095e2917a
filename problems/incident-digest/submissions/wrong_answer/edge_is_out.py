# mistake: An alert that starts exactly quiet_s seconds after the end opens a new incident. The statement says "at most".
# fails: an alert exactly quiet_s after the end
def digest(starts, ends, quiet_s):
    incidents = []
    for start, end in sorted(zip(starts, ends)):
        if incidents and start < incidents[-1][1] + quiet_s:
            incidents[-1][1] = max(incidents[-1][1], end)
            incidents[-1][2] += 1
        else:
            incidents.append([start, end, 1])
    return sorted(incidents, key=lambda x: (-(x[1] - x[0]), -x[2], x[0]))
