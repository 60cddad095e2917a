def digest(starts, ends, quiet_s):
    starts, ends = sorted(starts), sorted(ends)
    incidents, first = [], 0
    for i, end in enumerate(ends):
        if i + 1 == len(starts) or starts[i + 1] > end + quiet_s:
            incidents.append([starts[first], end, i + 1 - first])
            first = i + 1
    return sorted(incidents, key=lambda incident: (incident[0] - incident[1], -incident[2], incident[0]))
