# mistake: The sort is reversed for all three rules, so of equal incidents the later one comes first.
# fails: same length and same count
def digest(starts, ends, quiet_s):
    incidents = []
    for start, end in sorted(zip(starts, ends)):
        if incidents and start <= incidents[-1][1] + quiet_s:
            incidents[-1][1] = max(incidents[-1][1], end)
            incidents[-1][2] += 1
        else:
            incidents.append([start, end, 1])
    incidents.sort(key=lambda x: (x[1] - x[0], x[2], x[0]), reverse=True)
    return incidents
