def digest(starts, ends, quiet_s):
    incidents = []
    for start, end in sorted(zip(starts, ends)):
        if incidents and start <= incidents[-1][1] + quiet_s:
            current = incidents[-1]
            current[1] = max(current[1], end)
            current[2] += 1
        else:
            incidents.append([start, end, 1])
    incidents.sort(key=lambda incident: (incident[0] - incident[1], -incident[2], incident[0]))
    return incidents
