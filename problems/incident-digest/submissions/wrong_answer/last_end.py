# mistake: The end of an incident is taken from the last alert, not from the one that ends latest.
# fails: a short alert inside a long one
def digest(starts, ends, quiet_s):
    alerts = sorted(zip(starts, ends))
    incidents = []
    for start, end in alerts:
        if incidents and start <= incidents[-1][1] + quiet_s:
            incidents[-1][1] = end
            incidents[-1][2] += 1
        else:
            incidents.append([start, end, 1])
    return sorted(incidents, key=lambda x: (-(x[1] - x[0]), -x[2], x[0]))
