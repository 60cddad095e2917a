# mistake: The alerts are taken as they come and are never sorted by their start.
# fails: alerts arrive latest first
def digest(starts, ends, quiet_s):
    incidents = []
    for start, end in zip(starts, ends):
        if incidents and start <= incidents[-1][1] + quiet_s:
            incidents[-1][1] = max(incidents[-1][1], end)
            incidents[-1][2] += 1
        else:
            incidents.append([start, end, 1])
    return sorted(incidents, key=lambda x: (-(x[1] - x[0]), -x[2], x[0]))
